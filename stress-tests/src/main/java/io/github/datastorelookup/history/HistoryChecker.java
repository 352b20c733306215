package io.github.datastorelookup.history;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.time.Duration;
import java.util.Map;

/** Every rule that a history has to keep. A broken one ends in an {@code InvariantViolation}. */
public final class HistoryChecker {
  private final History history;

  /** The rules for this history. */
  public HistoryChecker(History history) {
    this.history = history;
  }

  /**
   * What the processes saw of each other. Every rule is asked; what the second and later ones say
   * is suppressed in the first violation.
   *
   * @param standing the modes that nobody changed
   * @param ttl for how long an edit by hand may go unseen
   * @param patience for how long a thread may be silent
   */
  public void checkRun(Map<String, MaintenanceMode> standing, Duration ttl, Duration patience) {
    Violations all = new Violations();
    history.of(Event.VIOLATED).forEach(line -> all.collect(() -> tell(line)));
    all.collect(() -> new AdmissionHistoryChecker(history).check(standing));
    all.collect(new CountChecker(history)::check);
    all.collect(new StoreLockChecker(history)::check);
    all.collect(new SaveChecker(history, ttl.toNanos())::checkSeen);
    all.collect(new BrokenConfigChecker(history)::check);
    all.collect(new ProgressChecker(history, patience.toNanos())::check);
    all.throwFirst();
  }

  private static void tell(LogLine violated) {
    String[] what = violated.detail().split(" ", 2);
    throw new InvariantViolation(what[0], what[1] + "\n  " + violated);
  }

  /**
   * What they left.
   *
   * @param counts the operations of each datastore after all processes ended
   * @param file the number of the last save that each section of the file shows, 0 for none
   */
  public void checkLeft(Map<String, ActiveOperations> counts, Map<String, Long> file) {
    CountChecker.checkNothingLeft(counts);
    new SaveChecker(history, 0).checkFile(file);
  }
}
