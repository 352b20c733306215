package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * INV-3: once a decider has set a mode and seen its words drained, no process has a handle that the
 * mode refuses until the mode changes.
 */
final class AdmissionHistoryChecker {
  private static final String INVARIANT = "INV-3";

  /**
   * An interval in which a mode certainly held and the datastore was seen drained.
   *
   * @param since what begins it, for the message
   * @param ended what ends it, for the message
   */
  private record Refusal(
      String name, MaintenanceMode mode, long from, long until, String since, String ended) {}

  private final History history;
  private final List<Call> changes = new ArrayList<>();

  AdmissionHistoryChecker(History history) {
    this.history = history;
    changes.addAll(history.calls(Event.SET_START, Event.SET_OK));
    changes.addAll(history.calls(Event.CLEAR_START, Event.CLEAR_OK));
    changes.removeIf(Call::refused);
    // Refused ones too: an unmount that timed out set its mode and restored the one before.
    changes.addAll(history.calls(Event.UNMOUNT_START, Event.UNMOUNT_OK));
  }

  /** Checks all handles; {@code standing} holds the modes that the whole run leaves alone. */
  void check(Map<String, MaintenanceMode> standing) {
    List<Refusal> refusals = new ArrayList<>();
    standing.forEach(
        (name, mode) ->
            refusals.add(
                new Refusal(
                    name,
                    mode,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    name + " was " + mode.key() + " from the beginning",
                    "(never ended)")));
    history.of(Event.DRAINED).forEach(drained -> addDrain(drained, refusals));
    history.of(Event.REMOVE_OK).forEach(removed -> refusals.add(removal(removed)));
    history.of(Event.ACT_START).forEach(act -> refusals.add(act(act)));
    refusals.forEach(this::check);
  }

  /** From before the decider looked at the drained files until after its last change to them. */
  private Refusal act(LogLine begin) {
    LogLine end = history.completionOf(begin, Event.ACT_END);
    boolean removal = history.completionOf(begin, Event.REMOVE_START) != null;
    return new Refusal(
        begin.name(),
        removal ? MaintenanceMode.DELETE : MaintenanceMode.UNMOUNT,
        begin.at(),
        end == null ? history.livedUntil(begin.source()) : end.at(),
        begin.toString(),
        end == null ? "(killed in it)" : end.toString());
  }

  private void check(Refusal refusal) {
    for (HandleInterval interval :
        history.intervals(refusal.name(), refusal.from(), refusal.until())) {
      if (refuses(refusal.mode(), interval.operation()) && contradicts(interval, refusal)) {
        throw new InvariantViolation(
            INVARIANT,
            String.format(
                Locale.ROOT,
                "datastore=%s mode=%s: a %s handle was live in a drained interval%n"
                    + "drained:%n  %s%n  %s%nlive:%n%s",
                refusal.name(),
                refusal.mode().key(),
                interval.operation(),
                refusal.since(),
                refusal.ended(),
                interval.story(history)));
      }
    }
  }

  private static boolean contradicts(HandleInterval interval, Refusal refusal) {
    if (interval.counted()) {
      return interval.certainlyWithin(refusal.from(), refusal.until());
    }
    // A decider does not wait for a LOOKUP granted before; a LOOKUP that starts later is refused.
    return interval.asked().event() == Event.LOOKUP_START
        && interval.granted() != null
        && interval.possibleFrom() >= refusal.from()
        && interval.from() <= refusal.until();
  }

  /**
   * Adds the interval that a decider saw drained. Skips it if another change of the mode overlapped
   * the set or the look, as the mode is unknown then.
   */
  private void addDrain(LogLine drained, List<Refusal> refusals) {
    LogLine set = history.completionOf(drained, Event.SET_START);
    if (set == null) {
      throw new IllegalArgumentException("drained without a mode: " + drained);
    }
    Call next = null;
    for (Call change : changes) {
      LogLine start = change.start();
      if (!start.name().equals(set.name()) || start.equals(set)) {
        continue;
      }
      if (start.at() >= drained.at()) {
        next = next == null || start.at() < next.start().at() ? change : next;
      } else if (change.over() > set.at()) {
        return;
      }
    }
    refusals.add(
        new Refusal(
            set.name(),
            MaintenanceMode.ofKey(set.detail()),
            drained.at(),
            next == null ? Long.MAX_VALUE : next.start().at(),
            set + "\n  " + drained,
            next == null ? "(never ended)" : next.start().toString()));
  }

  private Refusal removal(LogLine removed) {
    @Nullable LogLine next = null;
    for (LogLine create : history.of(Event.CREATE_START)) {
      if (create.name().equals(removed.name())
          && create.at() >= removed.at()
          && (next == null || create.at() < next.at())) {
        next = create;
      }
    }
    return new Refusal(
        removed.name(),
        MaintenanceMode.DELETE,
        removed.at(),
        next == null ? Long.MAX_VALUE : next.at(),
        removed.toString(),
        next == null ? "(never created again)" : next.toString());
  }

  private static boolean refuses(MaintenanceMode mode, String operation) {
    return switch (operation) {
      case "READ" -> !mode.admitsRead();
      case "WRITE" -> !mode.admitsWrite();
      case "LOOKUP" -> !mode.admitsLookup();
      default -> throw new IllegalArgumentException("operation=" + operation);
    };
  }
}
