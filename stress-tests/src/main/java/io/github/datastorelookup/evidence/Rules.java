package io.github.datastorelookup.evidence;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.config.MaintenanceMode;
import java.time.Duration;
import java.util.Map;

/** Every rule that a history has to keep. A broken one ends in an {@code InvariantViolation}. */
public final class Rules {
  private final History history;

  /** The rules for this history. */
  public Rules(History history) {
    this.history = history;
  }

  /**
   * What the processes saw of each other.
   *
   * @param standing the modes that nobody changed
   * @param ttl for how long an edit by hand may go unseen
   */
  public void checkRun(Map<String, MaintenanceMode> standing, Duration ttl) {
    new AdmissionRule(history).check(standing);
    new CountRule(history).check();
    new StoreLockRule(history).check();
    new SaveRule(history, ttl.toNanos()).checkSeen();
  }

  /**
   * What they left.
   *
   * @param counts the operations of each datastore after all processes ended
   * @param file the number of the last save that each section of the file shows, 0 for none
   */
  public void checkLeft(Map<String, ActiveOperations> counts, Map<String, Long> file) {
    CountRule.checkNothingLeft(counts);
    new SaveRule(history, 0).checkFile(file);
  }
}
