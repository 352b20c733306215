package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.simulation.Explorer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a counterexample small: 1-minimal, so that no single command can be left out, and with as
 * few interruptions as it needs.
 *
 * <p>A smaller scenario counts if some schedule of it breaks the same invariant. One that demands
 * more than the invariants do keeps its commands: the demands are about all of them.
 */
final class Shrinker {
  /** What it may take: after that, what is smallest so far is good enough. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int MOST_RUNS = 3000;

  private final String invariant;
  private final int interruptions;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  private Shrinker(String invariant, int interruptions) {
    this.invariant = invariant;
    this.interruptions = interruptions;
  }

  /**
   * The smallest counterexample that it finds.
   *
   * @param interruptions the bound under which this one was found
   */
  static Counterexample shrink(Counterexample found, String invariant, int interruptions) {
    Shrinker shrinker = new Shrinker(invariant, Math.min(interruptions, 3));
    Counterexample smallest = found;
    Counterexample next = shrinker.calmer(found);
    while (next != null) {
      smallest = next;
      next = shrinker.smaller(smallest);
    }
    return smallest;
  }

  /** The same with fewer interruptions, or as it is. */
  private Counterexample calmer(Counterexample example) {
    for (int fewer = 0; fewer <= interruptions; fewer++) {
      Counterexample calm = find(example.scenario(), fewer);
      if (calm != null) {
        return calm;
      }
    }
    return example;
  }

  private @Nullable Counterexample smaller(Counterexample example) {
    if (example.scenario().demandsMore()) {
      return null;
    }
    for (Scenario scenario : example.scenario().smaller()) {
      for (int fewer = 0; fewer <= interruptions; fewer++) {
        Counterexample found = find(scenario, fewer);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable Counterexample find(Scenario scenario, int most) {
    if (System.nanoTime() > deadline) {
      return null;
    }
    Explorer explorer = Exploration.explorer(scenario, most, MOST_RUNS);
    try {
      explorer.explore();
      return null;
    } catch (InvariantViolation e) {
      return e.invariant().equals(invariant)
          ? new Counterexample(scenario, explorer.choices())
          : null;
    }
  }
}
