package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * INV-3: once a mode was set and nothing that it refuses was counted, nothing that it refuses is
 * live in any process until the mode changes.
 */
final class AdmissionHistoryChecker {
  private static final String INVARIANT = "INV-3";

  /**
   * A time in which a mode certainly held and had been seen to be drained.
   *
   * @param since what shows its begin
   * @param ended what ends it, or null
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
    // Refused or not: not in time, it had set its mode, and gave back the one before.
    changes.addAll(history.calls(Event.UNMOUNT_START, Event.UNMOUNT_OK));
  }

  /** Checks all handles; {@code standing} are the modes that the whole run leaves alone. */
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

  /** From before whoever drained it looked at its files until after the last change to them. */
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
    // Nobody waits for a LOOKUP that was granted before; one that is asked for is refused.
    return interval.asked().event() == Event.LOOKUP_START
        && interval.granted() != null
        && interval.possibleFrom() >= refusal.from()
        && interval.from() <= refusal.until();
  }

  /**
   * The interval that a decider saw, unless somebody else's change of the mode ran while it set and
   * looked: then nobody knows what the mode was.
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
