package io.github.datastorelookup.traces;

import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.traces.Recording.Step;
import io.github.datastorelookup.traces.TracePrograms.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which schedules of a program become traces: the one in which nobody is interrupted, then the
 * first with each other set of answers, then those that interrupt a thread where none of these did.
 */
final class Selection {
  private static final String FILE =
      "../../property-tests/src/main/resources/io/github/datastorelookup/traces/schedules.txt";

  private static final int INTERRUPTIONS = 2;
  private static final int MOST_RUNS = 4000;
  private static final int MOST_TRACES = 8;

  /** The schedules whose states or answers go another way each, the first of each. */
  private final Map<String, Way> byWay = new LinkedHashMap<>();

  /** The first schedule with each set of answers and final state. */
  private final Map<String, List<Integer>> byOutcome = new LinkedHashMap<>();

  /**
   * A schedule.
   *
   * @param places before which steps a thread is interrupted
   */
  private record Way(List<Integer> choices, Set<String> places) {}

  private Selection() {}

  /** Chooses schedules for each program that has none yet, and adds them to the file. */
  static void addMissing() throws IOException {
    List<String> lines = new ArrayList<>(ChosenSchedules.lines());
    for (Program program : TracePrograms.all()) {
      if (lines.stream().noneMatch(line -> line.startsWith(program.name() + "-1 "))) {
        int number = 0;
        for (List<Integer> choices : of(program.scenario())) {
          lines.add(program.name() + "-" + ++number + " " + ChosenSchedules.text(program, choices));
        }
      }
    }
    Files.write(TraceFile.folder().resolve(FILE), lines);
  }

  /** The choices of the chosen runs of a program, in the order in which they are found. */
  static List<List<Integer>> of(Scenario scenario) {
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
    return selection.chosen();
  }

  private void see(Recording run) {
    byWay.putIfAbsent(way(run), new Way(run.choices(), places(run)));
    byOutcome.putIfAbsent(outcome(run), run.choices());
  }

  private List<List<Integer>> chosen() {
    List<Way> ways = List.copyOf(byWay.values());
    SortedSet<Integer> chosen = new TreeSet<>(List.of(0));
    for (int i = 0; i < ways.size() && chosen.size() < MOST_TRACES / 2; i++) {
      if (byOutcome.containsValue(ways.get(i).choices())) {
        chosen.add(i);
      }
    }
    Set<String> known = new HashSet<>();
    chosen.forEach(i -> known.addAll(ways.get(i).places()));
    while (chosen.size() < Math.min(MOST_TRACES, ways.size())) {
      int best = 0;
      long most = -1;
      for (int i = 0; i < ways.size(); i++) {
        long fresh = ways.get(i).places().stream().filter(place -> !known.contains(place)).count();
        if (fresh > most && !chosen.contains(i)) {
          best = i;
          most = fresh;
        }
      }
      chosen.add(best);
      known.addAll(ways.get(best).places());
    }
    return chosen.stream().map(i -> ways.get(i).choices()).toList();
  }

  /** Before which steps another thread came, was killed, or had to wait. */
  private static Set<String> places(Recording run) {
    Set<String> places = new TreeSet<>();
    List<Step> steps = run.steps();
    for (int i = 1; i < steps.size(); i++) {
      Step before = steps.get(i - 1);
      Step step = steps.get(i);
      if (step.op().equals("kill")) {
        places.add("killed after " + before.op() + before.clause());
      } else if (step.access() != null && step.thread() != before.thread()) {
        String place = step.thread() + step.op() + step.access().with() + step.clause();
        places.add(place + (before.op().equals("waits") ? " is waited for" : ""));
      }
    }
    return places;
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
