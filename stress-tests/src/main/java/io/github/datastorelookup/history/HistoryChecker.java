package io.github.datastorelookup.history;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.time.Duration;
import java.util.Map;

/** Checks a history against every rule. A broken rule throws an {@code InvariantViolation}. */
public final class HistoryChecker {
  private final History history;

  /** Checks this history. */
  public HistoryChecker(History history) {
    this.history = history;
  }

  /**
   * Checks what the processes saw of each other. Runs every check; violations after the first are
   * suppressed in it.
   *
   * @param standing the modes that no process changed
   * @param ttl for how long a manual edit may go unseen
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
   * Checks what the processes left.
   *
   * @param counts the operations of each datastore after all processes ended
   * @param file the number of the last save that each section of the file shows, 0 for none
   */
  public void checkLeft(Map<String, ActiveOperations> counts, Map<String, Long> file) {
    CountChecker.checkNothingLeft(counts);
    new SaveChecker(history, 0).checkFile(file);
  }
}
