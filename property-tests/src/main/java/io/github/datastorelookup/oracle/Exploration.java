package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Trace;

/** Runs scenarios in many schedules, and tells what it found as a story. */
public final class Exploration {
  /** With how many interruptions what a random schedule found is looked for again. */
  private static final int MOST_INTERRUPTIONS = 3;

  private Exploration() {}

  /**
   * Runs all schedules in which threads are interrupted at most so often; after so many runs it
   * ends all the same, and the result says what is left.
   *
   * @throws InvariantViolation when an invariant does not hold at some point, with a {@link
   *     Counterexample} as small as can be
   */
  public static Explorer.Result explore(Scenario scenario, int interruptions, int mostRuns) {
    Explorer explorer = explorer(scenario, interruptions, mostRuns);
    try {
      return explorer.explore();
    } catch (InvariantViolation e) {
      throw small(new Counterexample(scenario, explorer.choices()), e, interruptions);
    }
  }

  /**
   * Runs one schedule.
   *
   * @return the run
   * @throws InvariantViolation when an invariant does not hold at some point, with a {@link
   *     Counterexample} as small as can be
   */
  public static Execution run(Scenario scenario, Schedule schedule) {
    Execution execution = new Execution(scenario, schedule, new Trace(false));
    try {
      execution.run();
      return execution;
    } catch (InvariantViolation e) {
      Counterexample found = new Counterexample(scenario, execution.scheduler().choices());
      throw small(found, e, MOST_INTERRUPTIONS);
    }
  }

  /** {@code -Dshrink=false} leaves it as it was found, when it matters only that it was. */
  private static InvariantViolation small(
      Counterexample found, InvariantViolation first, int interruptions) {
    boolean shrinks = Boolean.parseBoolean(System.getProperty("shrink", "true"));
    return (shrinks ? Shrinker.shrink(found, first.invariant(), interruptions) : found).told(first);
  }

  static Explorer explorer(Scenario scenario, int interruptions, int mostRuns) {
    return new Explorer(
        schedule -> new Execution(scenario, schedule, new Trace(false)).run(),
        interruptions,
        mostRuns);
  }
}
