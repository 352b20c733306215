package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.oracle.StoryTable;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Event;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The shortest story of how a specimen breaks an invariant: with the fewest interruptions, and of
 * those schedules the one with the fewest steps.
 */
final class Traces {
  /** What is noted behind a step to tell more of it. */
  static final String SAYS = "says ";

  private Traces() {}

  /** The story as a table. */
  static List<String> shortest(Flaw flaw, SpecimenKind kind) {
    List<Integer> best = List.of();
    int fewest = Integer.MAX_VALUE;
    for (Found each : all(flaw, kind)) {
      if (each.steps < fewest) {
        fewest = each.steps;
        best = each.choices;
      }
    }
    Trace trace = new Trace(true);
    try {
      flaw.scenario().accept(new Bench(kind, Schedules.replay(best), trace));
      throw new IllegalStateException(flaw + " is not in " + kind.id());
    } catch (InvariantViolation e) {
      List<String> lines = new ArrayList<>(StoryTable.lines(readable(trace)));
      lines.add(String.valueOf(e.getMessage()));
      return lines;
    }
  }

  /** A schedule that breaks it. */
  private record Found(List<Integer> choices, int steps) {}

  private static List<Found> all(Flaw flaw, SpecimenKind kind) {
    List<Found> found = new ArrayList<>();
    Explorer.Result unused =
        new Explorer(
                schedule -> {
                  Bench bench = new Bench(kind, schedule, new Trace(false));
                  try {
                    flaw.scenario().accept(bench);
                  } catch (InvariantViolation e) {
                    if (flaw.shown().equals(e.getMessage())) {
                      List<Integer> choices = List.copyOf(bench.scheduler.choices());
                      found.add(new Found(choices, bench.scheduler.points()));
                    }
                  }
                },
                flaw.interruptions(),
                Integer.MAX_VALUE)
            .explore();
    return found;
  }

  /** Without locks inside a process, which nobody waits for here, and with what was read. */
  private static Trace readable(Trace trace) {
    Trace readable = new Trace(true);
    trace.threads().forEach(readable::thread);
    List<Event> events = trace.events();
    boolean killed = false;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      killed |= event.what().endsWith("is killed");
      boolean step = event.kind() == Kind.STEP;
      boolean lastOfTheDead = killed && step && event.result() == null;
      String told = i + 1 < events.size() ? events.get(i + 1).what() : "";
      boolean tells = step && told.startsWith(SAYS);
      if (tells) {
        boolean operations = event.what().startsWith("operations.");
        String says = told.substring(SAYS.length());
        readable.add(
            event.thread(), Kind.STEP, operations ? says : event.what(), operations ? null : says);
      } else if (!event.what().startsWith(SAYS) && !hidden(event.what()) && !lastOfTheDead) {
        readable.add(event.thread(), event.kind(), event.what(), event.result());
      }
    }
    return readable;
  }

  private static boolean hidden(String what) {
    return what.startsWith("mutex.")
        || what.startsWith("maintenance lock ")
        || what.contains(".computeIfAbsent")
        || what.equals("is dead");
  }
}
