package io.github.datastorelookup.history;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.rules.Admission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a history knows of {@link Admission}: the intervals in which a mode certainly held, and the
 * datastore was seen drained.
 */
final class ModeChecker {
  private static final String REMOVED = "removed ";
  private static final String ACT = "act ";

  private final History history;
  private final Admission admission;

  /** The changes of the mode that are not over, by datastore. */
  private final Map<String, Set<CallId>> changing = new HashMap<>();

  /** The setting of the mode that no other change overlapped, by datastore. */
  private final Map<String, LogLine> sure = new HashMap<>();

  private final Map<String, LogLine> acts = new HashMap<>();
  private final Set<CallId> settings = new HashSet<>();
  private final Set<CallId> removals = new HashSet<>();

  ModeChecker(History history, Admission admission) {
    this.history = history;
    this.admission = admission;
  }

  /** No thread changes this mode. */
  void stands(String name, MaintenanceMode mode) {
    admission.promise("standing " + name, name, mode, "the beginning");
  }

  /**
   * A change of the mode begins. A refused one changes nothing, but an unmount that timed out set
   * its mode and gave back the one before.
   */
  void begins(LogLine start) {
    if (start.event() == Event.SET_START) {
      settings.add(start.call());
    }
    if (start.event() != Event.UNMOUNT_START && history.isRefused(start)) {
      return;
    }
    String name = start.name();
    admission.end(name);
    sure.remove(name);
    Set<CallId> others = changing.computeIfAbsent(name, unused -> new HashSet<>());
    if (start.event() == Event.SET_START && others.isEmpty()) {
      sure.put(name, start);
    }
    others.add(start.call());
  }

  /** A call is over; it may be no change. */
  void ends(LogLine end) {
    changing.getOrDefault(end.name(), new HashSet<>()).remove(end.call());
  }

  /** A process is about to be killed: it may do nothing more. */
  void killed(String source) {
    for (LogLine act : Set.copyOf(acts.values())) {
      if (act.source().equals(source)) {
        acted(act);
      }
    }
  }

  /** A process is gone: it does nothing more. */
  void dead(String source) {
    changing.values().forEach(keys -> keys.removeIf(key -> key.source().equals(source)));
  }

  /** All words were seen drained after the mode was set. */
  void drained(LogLine line) {
    if (!settings.contains(line.call())) {
      throw new IllegalArgumentException("drained without a mode: " + line);
    }
    LogLine set = sure.get(line.name());
    if (set != null && set.call().equals(line.call())) {
      admission.promise(
          line.name(), line.name(), MaintenanceMode.ofKey(set.detail()), set + "\n  " + line);
    }
  }

  /** A datastore is about to be removed. */
  void removes(LogLine start) {
    removals.add(start.call());
  }

  /** A datastore was removed. */
  void removed(LogLine line) {
    admission.promise(REMOVED + line.name(), line.name(), MaintenanceMode.DELETE, line);
  }

  /** A datastore is about to be created again. */
  void creates(LogLine start) {
    admission.end(REMOVED + start.name());
  }

  /** A decider begins to act on the drained files. */
  void acts(LogLine act) {
    MaintenanceMode mode =
        removals.contains(act.call()) ? MaintenanceMode.DELETE : MaintenanceMode.UNMOUNT;
    acts.put(act.name(), act);
    admission.promise(ACT + act.name(), act.name(), mode, act);
    admission.acts(act.name(), act);
  }

  /** It has acted. */
  void acted(LogLine line) {
    acts.remove(line.name());
    admission.end(ACT + line.name());
    admission.acted(line.name());
  }
}
