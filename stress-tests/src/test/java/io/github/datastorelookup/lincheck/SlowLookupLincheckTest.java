package io.github.datastorelookup.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.races.Bend;
import io.github.datastorelookup.races.RaceMachine;
import io.github.datastorelookup.races.RacingProcess;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Slow lookup against "set the mode, then read the words": the race of {@code
 * SlowLookupVersusSetMode}, thread switch by thread switch.
 *
 * <p>Seen: the shipped protocol. A thread may be left before every step on what processes share:
 * the config's bytes, the generation, the words, the config lock. Orders with few switches come
 * first; the one that breaks INV-3 has one.
 *
 * <p>Not seen: weak memory (all is sequentially consistent), time (it stands still: no lock times
 * out, no snapshot gets old), orders with more switches than the budget reaches, and anything
 * within one step of the machine in memory or of the seam.
 *
 * <p>Parsing, editing and hashing share nothing and are left out. They have to be: to Lincheck ten
 * rounds of a loop are a thread that waits, and fifty are a hang. So 32 bytes printed in
 * hexadecimal under the config lock force switches until whoever polls that lock counts as hung.
 */
@Tag("lincheck")
class SlowLookupLincheckTest {
  private static final int INVOCATIONS = Budget.current().times(100);
  private static final Pattern VIOLATION =
      Pattern.compile(InvariantViolation.class.getSimpleName() + ": (INV-\\d+) broken: (.*)");
  private static final String ROOT = "io.github.datastorelookup.";

  private static void race(Class<? extends Race> race) {
    try {
      new ModelCheckingOptions()
          .iterations(1)
          .threads(2)
          .actorsBefore(0)
          .actorsPerThread(1)
          .actorsAfter(0)
          .invocationsPerIteration(INVOCATIONS)
          .minimizeFailedScenario(false)
          .verifier(Count.class)
          .addGuarantee(forClasses(name -> name.startsWith(ROOT + "config.")).allMethods().ignore())
          .addGuarantee(forClasses(ROOT + "ConfigEdits").allMethods().ignore())
          .addGuarantee(forClasses(ROOT + "ConfigText").methods("digest", "parse").ignore())
          .addGuarantee(
              forClasses(name -> name.startsWith(ROOT + "memory.")).allMethods().treatAsAtomic())
          .addGuarantee(
              forClasses(name -> name.startsWith(ROOT + "jvm.")).allMethods().treatAsAtomic())
          .check(race);
    } catch (LincheckAssertionError report) {
      throw told(report);
    }
  }

  /** Lincheck's error has the oracle's exception as text only, and is also thrown for a hang. */
  private static AssertionError told(LincheckAssertionError report) {
    String story = String.valueOf(report.getMessage());
    Matcher oracle = VIOLATION.matcher(story);
    return oracle.find()
        ? new InvariantViolation(oracle.group(1), oracle.group(2)).after(story)
        : report;
  }

  @Test
  void slowLookup_againstSetModeAndCount_isSeenOrRefused() {
    race(Shipped.class);
  }

  /** The canary: a Lincheck that sees nothing would pass the test above as well. */
  @Test
  void slowLookup_withoutConfigLock_isMissedByTheDecider() {
    InvariantViolation violation =
        assertThrows(InvariantViolation.class, () -> race(WithoutConfigLock.class));
    assertEquals("INV-3", violation.invariant());
  }

  /** One machine; Lincheck runs each operation once, on threads of their own, in many orders. */
  public abstract static class Race {
    private final RacingProcess worker;
    private final RacingProcess decider;
    private volatile int granted;
    private volatile int seen;

    Race(UnaryOperator<Ports> bend) {
      RaceMachine machine = new RaceMachine(HeapWord::new);
      worker = machine.process(bend);
      decider = machine.process(bend);
      worker.held(RaceMachine.USB, Operation.READ).close(); // the first one opens files
    }

    /** The writer. */
    @org.jetbrains.lincheck.datastructures.Operation(runOnce = true)
    public int lookup() {
      granted = worker.write(RaceMachine.USB);
      return granted;
    }

    /** The decider. */
    @org.jetbrains.lincheck.datastructures.Operation(runOnce = true)
    public int setModeThenCount() {
      decider.set(RaceMachine.USB, MaintenanceMode.OFFLINE);
      seen = decider.writers(RaceMachine.USB);
      return seen;
    }

    /** The oracle, after both. */
    @Validate
    public void isSeenOrRefused() {
      if (granted != seen) {
        throw new InvariantViolation(
            "INV-3", "granted=" + granted + " writers, but the decider saw " + seen);
      }
    }
  }

  /** What is shipped. */
  public static class Shipped extends Race {
    /** A machine for one invocation. */
    public Shipped() {
      super(UnaryOperator.identity());
    }
  }

  /** Deliberately wrong: the config lock keeps nobody out. */
  public static class WithoutConfigLock extends Race {
    /** A machine for one invocation. */
    public WithoutConfigLock() {
      super(Bend::withoutConfigLock);
    }
  }

  /** Counts what was explored; all answers are fine, {@link Race#isSeenOrRefused} judges. */
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
