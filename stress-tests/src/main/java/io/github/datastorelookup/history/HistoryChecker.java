package io.github.datastorelookup.history;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Handles.Handle;
import io.github.datastorelookup.rules.Admission;
import io.github.datastorelookup.rules.Freshness.Floor;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Feeds a history to every rule, in the order of time. */
public final class HistoryChecker {
  private final History history;
  private final Violations found = new Violations();
  private final Handles handles = new Handles();
  private final Admission admission = new Admission(handles::certain);
  private final CountChecker counts = new CountChecker();
  private final StoreLockChecker storeLocks = new StoreLockChecker();
  private final BrokenConfigChecker brokenConfig = new BrokenConfigChecker();
  private final ModeChecker modes;
  private final SaveChecker saves;
  private final ProgressChecker progress;

  /**
   * Reads this history.
   *
   * @param standing the modes that no process changed
   * @param ttl for how long a manual edit may go unseen
   * @param patience for how long a thread may be silent
   */
  public HistoryChecker(
      History history, Map<String, MaintenanceMode> standing, Duration ttl, Duration patience) {
    this.history = history;
    this.modes = new ModeChecker(history, admission);
    this.saves = new SaveChecker(ttl.toNanos());
    this.progress = new ProgressChecker(patience.toNanos());
    standing.forEach(modes::stands);
    for (LogLine line : history.lines()) {
      found.collect(() -> progress.line(line));
      found.collect(() -> take(line));
    }
  }

  /**
   * Checks what the processes saw of each other.
   *
   * @throws InvariantViolation the first; those after it are suppressed in it
   */
  public void checkRun() {
    found.throwFirst();
  }

  /**
   * Checks what the processes left.
   *
   * @param counts the operations of each datastore after all processes ended
   * @param file the number of the last save that each section of the file shows, 0 for none
   * @throws InvariantViolation when it is not as the history has it
   */
  public void checkLeft(Map<String, ActiveOperations> counts, Map<String, Long> file) {
    CountChecker.checkNothingLeft(counts);
    saves.checkFile(file);
  }

  private void take(LogLine line) {
    switch (line.event()) {
      case LOOKUP_START, DUPLICATE_START -> asked(line);
      case GRANT -> granted(line);
      case DROP_START -> counts.dropping(handles.dropping(line));
      case DROPPED -> handles.gone(line);
      case REFUSED -> refused(line);
      case LOCKED -> ifAlive(line, storeLocks::locked);
      case UNLOCK_START -> storeLocks.unlocks(line);
      case CENSUS_START -> counts.begins(line, handles);
      case CENSUS -> counts.ends(line);
      case SAVE_START, EDIT_START -> saves.begins(line);
      case SAVE_OK -> saves.ends(line);
      case EDIT_OK -> {
        saves.ends(line);
        brokenConfig.mended(line);
      }
      case TORN -> brokenConfig.torn(line);
      case WARNED -> brokenConfig.warned(line);
      case SET_START, CLEAR_START, UNMOUNT_START -> modes.begins(line);
      case SET_OK, CLEAR_OK, UNMOUNT_OK -> modes.ends(line);
      case DRAINED -> modes.drained(line);
      case ACT_START -> ifAlive(line, modes::acts);
      case ACT_END -> modes.acted(line);
      case CREATE_START -> {
        modes.creates(line);
        changes(line);
      }
      case REMOVE_START -> {
        modes.removes(line);
        changes(line);
      }
      case CREATE_OK -> saves.changed(line);
      case REMOVE_OK -> {
        modes.removed(line);
        saves.changed(line);
      }
      case KILL_START -> killed(line);
      case DEAD -> dead(line.name());
      case VIOLATED -> throw told(line);
      case STARTED, QUIET, REFRESH_START, REFRESHED, ALL_GRANTED, ENDED -> {} // for progress only
    }
  }

  /**
   * Passes the line on, unless its process is about to be killed: a state that lasts until the
   * process ends may be over then.
   */
  private void ifAlive(LogLine line, Consumer<LogLine> taker) {
    if (!handles.isKilled(line.source())) {
      taker.accept(line);
    }
  }

  private static InvariantViolation told(LogLine violated) {
    String[] what = violated.detail().split(" ", 2);
    return new InvariantViolation(what[0], what[1] + "\n  " + violated);
  }

  private void asked(LogLine start) {
    Floor floor = saves.floor(start);
    // A duplicate was asked for when its source was: no decider waits for that of a LOOKUP.
    int promises = start.event() == Event.DUPLICATE_START ? 0 : admission.made();
    counts.asked(handles.asked(start, floor, promises));
  }

  private void granted(LogLine grant) {
    Handle handle = handles.granted(grant);
    found.collect(() -> saves.granted(handle, grant));
    if (handle.certain()) {
      admission.granted(handle);
    }
  }

  private void refused(LogLine line) {
    Handle attempt = handles.of(line);
    handles.gone(line);
    counts.ends(line);
    modes.ends(line);
    brokenConfig.refused(attempt == null ? line : attempt.start, line);
  }

  private void changes(LogLine start) {
    if (!history.isRefused(start)) {
      saves.changes(start);
    }
  }

  private void killed(LogLine kill) {
    String source = kill.name();
    handles.killed(source).forEach(counts::dropping);
    storeLocks.killed(source);
    modes.killed(source);
    progress.killed(kill);
  }

  private void dead(String source) {
    handles.dead(source);
    counts.dead(source);
    modes.dead(source);
  }
}
