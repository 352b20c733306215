package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.Schedules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a counterexample small: 1-minimal, so that no single command can be left out, and with as
 * few interruptions as it needs.
 *
 * <p>A smaller scenario counts if some schedule of it breaks the same invariant. One that demands
 * more than the invariants do keeps its commands: the demands are about all of them.
 */
final class Shrinker {
  /** The time limit: after it, the smallest one so far is good enough. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MOST_RUNS = 3000;

  private final String invariant;
  private final int interruptions;
  private final Exploration.Runner runner;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  /** Whether a search was cut off since the last command was left out. */
  private boolean cut;

  private Shrinker(String invariant, int interruptions, Exploration.Runner runner) {
    this.invariant = invariant;
    this.interruptions = interruptions;
    this.runner = runner;
  }

  /**
   * The smallest counterexample that it finds.
   *
   * @param interruptions the bound under which this one was found
   */
  static Counterexample shrink(
      Counterexample found, String invariant, int interruptions, Exploration.Runner runner) {
    Shrinker shrinker = new Shrinker(invariant, Math.min(interruptions, 3), runner);
    Counterexample smallest = found;
    Counterexample next = found;
    while (next != null) {
      smallest = next;
      next = shrinker.smaller(smallest);
    }
    boolean isMinimal = shrinker.triedAll();
    Counterexample small = shrinker.withoutEmptyThreads(shrinker.calmer(smallest));
    return isMinimal && !small.scenario().demandsMore() ? small.minimal() : small;
  }

  /** The same with fewer interruptions, or as it is. */
  private Counterexample calmer(Counterexample example) {
    Counterexample calm = explored(example.scenario());
    return calm == null ? example : calm;
  }

  private @Nullable Counterexample smaller(Counterexample example) {
    if (example.scenario().demandsMore()) {
      return null;
    }
    cut = false;
    List<Scenario> all = example.scenario().smaller();
    for (Scenario scenario : all) {
      Counterexample same = new Counterexample(scenario, example.choices());
      if (breaks(same)) { // in nearly the same schedule: costs one run
        return same;
      }
    }
    for (Scenario scenario : all) {
      Counterexample found = explored(scenario);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean breaks(Counterexample example) {
    if (System.nanoTime() > deadline) {
      return false;
    }
    try {
      runner.run(example.scenario(), Schedules.replay(example.choices()));
      return false;
    } catch (InvariantViolation e) {
      return e.invariant().equals(invariant);
    }
  }

  /** A counterexample with as few interruptions as it needs, or null. */
  private @Nullable Counterexample explored(Scenario scenario) {
    for (int most = 0; most <= interruptions && System.nanoTime() < deadline; most++) {
      Explorer explorer = new Explorer(schedule -> runner.run(scenario, schedule), most, MOST_RUNS);
      try {
        cut |= explorer.explore().runs() >= MOST_RUNS;
      } catch (InvariantViolation e) {
        if (e.invariant().equals(invariant)) {
          return new Counterexample(scenario, explorer.choices());
        }
      }
    }
    return null;
  }

  /** Whether everything was tried, so that no command can be left out. */
  private boolean triedAll() {
    return !cut && System.nanoTime() < deadline;
  }

  /** A thread that does nothing needs no column. */
  private Counterexample withoutEmptyThreads(Counterexample example) {
    Counterexample smallest = example;
    for (int i = example.scenario().threads().size() - 1; i >= 0; i--) {
      if (smallest.scenario().threads().get(i).isEmpty()) {
        Counterexample without = smallest.withoutThread(i);
        smallest = breaks(without) ? without : smallest;
      }
    }
    return smallest;
  }
}
