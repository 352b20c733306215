package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Trace;

/** Runs scenarios in many schedules, and tells what it found as a story. */
public final class Exploration {
  private Exploration() {}

  /**
   * Runs all schedules in which threads are interrupted at most so often.
   *
   * @throws InvariantViolation when an invariant does not hold at some point, with a {@link
   *     Counterexample} as small as can be
   */
  public static Explorer.Result explore(Scenario scenario, int interruptions) {
    Explorer explorer = explorer(scenario, interruptions, Integer.MAX_VALUE);
    try {
      return explorer.explore();
    } catch (InvariantViolation e) {
      Counterexample found = new Counterexample(scenario, explorer.choices());
      throw Shrinker.shrink(found, e.invariant(), interruptions).told(e);
    }
  }

  static Explorer explorer(Scenario scenario, int interruptions, int mostRuns) {
    return new Explorer(
        schedule -> new Execution(scenario, schedule, new Trace(false)).run(),
        interruptions,
        mostRuns);
  }
}
