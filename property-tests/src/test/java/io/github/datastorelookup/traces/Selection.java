package io.github.datastorelookup.traces;

import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.traces.Recording.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which schedules of a program become traces: the one in which nobody is interrupted, then the
 * first with each other set of answers, then some of those in which the state goes another way.
 */
final class Selection {
  private static final int INTERRUPTIONS = 2;
  private static final int MOST_RUNS = 4000;
  private static final int MOST_TRACES = 8;

  /** The schedules whose states or answers go another way each, the first of each. */
  private final Map<String, List<Integer>> byWay = new LinkedHashMap<>();

  /** The first schedule with each set of answers and final state. */
  private final Map<String, List<Integer>> byOutcome = new LinkedHashMap<>();

  private Selection() {}

  /** The chosen runs of a program, in the order in which they are found. */
  static List<Recording> of(Scenario scenario) {
    Selection selection = new Selection();
    new Explorer(
            schedule -> {
              Recording run = Recording.of(scenario, schedule);
              if (run != null) {
                selection.see(run);
              }
            },
            INTERRUPTIONS,
            MOST_RUNS)
        .explore();
    return selection.chosen().stream()
        .map(choices -> Recording.of(scenario, Schedules.replay(choices)))
        .map(Objects::requireNonNull)
        .toList();
  }

  private void see(Recording run) {
    byWay.putIfAbsent(way(run), run.choices());
    byOutcome.putIfAbsent(outcome(run), run.choices());
  }

  private List<List<Integer>> chosen() {
    List<List<Integer>> ways = new ArrayList<>(byWay.values());
    SortedSet<Integer> chosen = new TreeSet<>(List.of(0));
    for (List<Integer> outcome : byOutcome.values()) {
      int way = ways.indexOf(outcome);
      if (way >= 0 && chosen.size() < MOST_TRACES - 1) {
        chosen.add(way);
      }
    }
    for (int part = 1; part < 2 * MOST_TRACES && chosen.size() < MOST_TRACES; part++) {
      chosen.add(part * (ways.size() - 1) / (2 * MOST_TRACES - 1));
    }
    return chosen.stream().map(ways::get).toList();
  }

  private static String outcome(Recording run) {
    StringBuilder all = new StringBuilder();
    run.steps().stream()
        .filter(step -> step.answer() != null)
        .map(step -> step.command() + "=" + step.answer() + step.files())
        .sorted()
        .forEach(all::append);
    return all.append(run.answersAfter()).append(run.end()).toString();
  }

  /** All states that others could see one after the other, and all answers in their order. */
  private static String way(Recording run) {
    StringBuilder all = new StringBuilder();
    for (Step step : run.steps()) {
      if (!step.sets().isEmpty() || step.answer() != null) {
        all.append(step.thread())
            .append(step.sets())
            .append(step.answer())
            .append(step.files())
            .append('\n');
      }
    }
    return all.append(run.answersAfter()).toString();
  }
}
