package io.github.datastorelookup.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.races.Words;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/**
 * Runs a race of jcstress in interleavings: each actor once, on a thread of its own, in many
 * orders, each on a machine of its own.
 */
final class RaceCheck {
  private static final Pattern ASSERTED = Pattern.compile("AssertionError: INV-\\d+: ");
  private static final Pattern OUTCOME = Pattern.compile("broken: \\[([^]]*)]");

  /** Lincheck makes the objects itself, and one race is checked at a time. */
  @SuppressWarnings("NullAway") // set before it is used
  private static volatile JcstressRace current;

  static {
    // Lincheck 3.6 does not know the VarHandle of a byte buffer: each one is told as an error
    Words.onHeap();
  }

  private RaceCheck() {}

  /** Throws if some order leads to an outcome that the race does not accept. */
  static void shipped(Class<?> race, String invariant) {
    check(race, invariant, Interleavings.PER_RACE);
  }

  private static void check(Class<?> race, String invariant, int orders) {
    JcstressRace checked = new JcstressRace(race, invariant);
    int actors = checked.threads();
    checked.rehearse();
    current = checked;
    Interleavings.check(
        actors == 2 ? TwoActors.class : ThreeActors.class,
        new ModelCheckingOptions()
            .iterations(1)
            .threads(actors)
            .actorsBefore(0)
            .actorsPerThread(1)
            .actorsAfter(0)
            .invocationsPerIteration(orders)
            .verifier(Count.class));
  }

  /**
   * The canary: a wrong version has to show what it is there for, and nothing else. An assertion of
   * the library may see it before the race does.
   */
  static void wrong(Class<?> race, String invariant) {
    AssertionError shown =
        assertThrows(AssertionError.class, () -> check(race, invariant, Interleavings.PER_CANARY));
    String message = String.valueOf(shown.getMessage());
    if (shown instanceof InvariantViolation violation) {
      assertEquals(invariant, violation.invariant());
      Matcher outcome = OUTCOME.matcher(message);
      assertTrue(
          outcome.find() && Outcomes.of(race).isInteresting(outcome.group(1)),
          () -> "not what it is there for: " + violation);
    } else {
      assertTrue(ASSERTED.matcher(message).find(), () -> "not what it is there for: " + message);
    }
  }

  /** Two of them. */
  public static class TwoActors {
    private final JcstressRace.Sample sample = current.sample();

    /** One actor. */
    @Operation(runOnce = true)
    public void first() throws Throwable {
      sample.act(0);
    }

    /** The next one. */
    @Operation(runOnce = true)
    public void second() throws Throwable {
      sample.act(1);
    }

    void actThird() throws Throwable {
      sample.act(2);
    }

    /** The oracle, after all. */
    @Validate
    public void judge() throws Throwable {
      sample.judge();
    }
  }

  /** Three of them. */
  public static class ThreeActors extends TwoActors {
    /** The last one. */
    @Operation(runOnce = true)
    public void third() throws Throwable {
      actThird();
    }
  }

  /** Counts what was explored; all answers are fine, {@link TwoActors#judge} judges. */
  public static class Count implements Verifier {
    /** As Lincheck makes it, with the class that would be the sequential specification. */
    public Count(Class<?> unused) {}

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
      Explored.add(1);
      return true;
    }
  }
}
