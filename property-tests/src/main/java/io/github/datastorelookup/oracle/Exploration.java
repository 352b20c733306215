package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Runs scenarios in many schedules, and reports a violation as a story. */
public final class Exploration {
  /** The interruptions allowed in the search for a smaller form of what a random schedule found. */
  private static final int MOST_INTERRUPTIONS = 3;

  /** Runs a scenario once. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Runs it.
     *
     * @throws InvariantViolation when an invariant does not hold at some point
     */
    void run(Scenario scenario, Schedule schedule);
  }

  private Exploration() {}

  /**
   * Runs all schedules that interrupt threads at most this often. Ends after {@code mostRuns} runs
   * in any case, and the result says what is left.
   *
   * @throws InvariantViolation when an invariant does not hold at some point, with a {@link
   *     Counterexample} as small as can be
   */
  public static Explorer.Result explore(Scenario scenario, int interruptions, int mostRuns) {
    return explore(scenario, interruptions, mostRuns, null, (command, answer) -> {});
  }

  /**
   * The same with the open choices in a random order.
   *
   * @param order null for the newest one first
   * @param answers accepts the answer of each command of each run, even a wrong one
   */
  public static Explorer.Result explore(
      Scenario scenario,
      int interruptions,
      int mostRuns,
      @Nullable Random order,
      BiConsumer<Command, Answer> answers) {
    return explore(
        scenario,
        interruptions,
        new Explorer(
            schedule -> new Execution(scenario, schedule, new Trace(false), answers).run(),
            interruptions,
            mostRuns,
            order));
  }

  /**
   * The same on weak memory.
   *
   * @param oldValues how often an access may read a value that is not the newest one
   */
  public static Explorer.Result explore(
      Scenario scenario, int interruptions, int oldValues, int mostRuns) {
    return explore(
        scenario,
        interruptions + oldValues,
        new Explorer(
            schedule -> runOnce(scenario, schedule), interruptions, oldValues, mostRuns, null));
  }

  private static Explorer.Result explore(Scenario scenario, int interruptions, Explorer explorer) {
    try {
      return explorer.explore();
    } catch (InvariantViolation e) {
      Counterexample found = new Counterexample(scenario, explorer.choices());
      throw small(found, e, interruptions, Exploration::runOnce);
    }
  }

  /**
   * Runs one schedule.
   *
   * @throws InvariantViolation when an invariant does not hold at some point, with a {@link
   *     Counterexample} as small as can be
   */
  public static void run(Scenario scenario, Schedule schedule, Runner runner) {
    List<Integer> choices = new ArrayList<>();
    try {
      runner.run(
          scenario,
          decision -> {
            int choice = schedule.choose(decision);
            choices.add(choice);
            return choice;
          });
    } catch (InvariantViolation e) {
      throw small(new Counterexample(scenario, choices), e, MOST_INTERRUPTIONS, runner);
    }
  }

  private static void runOnce(Scenario scenario, Schedule schedule) {
    new Execution(scenario, schedule, new Trace(false)).run();
  }

  /** Shrinks it. {@code -Dshrink=false} leaves it as found, for callers that need no small one. */
  private static InvariantViolation small(
      Counterexample found, InvariantViolation first, int interruptions, Runner runner) {
    boolean shrinks = Boolean.parseBoolean(System.getProperty("shrink", "true"));
    return (shrinks ? Shrinker.shrink(found, first.invariant(), interruptions, runner) : found)
        .told(first);
  }
}
