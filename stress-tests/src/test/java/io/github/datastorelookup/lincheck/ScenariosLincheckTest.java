package io.github.datastorelookup.lincheck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.races.WeakenedPorts;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.CTestStructure;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.RandomExecutionGenerator;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.CTestConfiguration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.RandomProvider;
import org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated scenarios against the model: the answers of each run fit some order of its calls. */
@Tag("lincheck")
class ScenariosLincheckTest {
  private static final int SCENARIOS = Budget.current().times(2);
  private static final int ORDERS = 40;

  private static void check(Class<? extends RegistryCalls> calls, int scenarios) {
    rehearse(new RegistryCalls());
    Interleavings.check(
        calls,
        new ModelCheckingOptions()
            .iterations(scenarios)
            .invocationsPerIteration(ORDERS)
            .threads(2)
            .actorsBefore(1)
            .actorsPerThread(3)
            .actorsAfter(0)
            .executionGenerator(LookedAtAtTheEnd.class)
            .sequentialSpecification(ModelCalls.class)
            .verifier(CountedLinearizability.class));
  }

  private static void rehearse(Calls calls) {
    for (Operation operation : Operation.values()) {
      String unused = calls.lookup(0, 0, Calls.Store.AAA, operation);
    }
    String unused =
        calls.duplicate(0)
            + calls.close(0)
            + calls.update(0, 1, Calls.Store.BBB)
            + calls.setMode(0, 1, Calls.Store.AAA, Calls.Mode.OFFLINE)
            + calls.lookup(0, 0, Calls.Store.AAA, Operation.READ)
            + calls.refresh(0, 0)
            + calls.atTheEnd();
  }

  @Test
  void generatedCalls_inAnyOrder_areLinearizable() {
    check(RegistryCalls.class, SCENARIOS);
  }

  /** The canary. */
  @Test
  void generatedCalls_withGenerationsOfTheirOwn_areNotLinearizable() {
    LincheckAssertionError error =
        assertThrows(LincheckAssertionError.class, () -> check(OwnGenerations.class, 1000));
    assertTrue(
        String.valueOf(error.getMessage()).contains("Invalid execution results"),
        () -> "found something else: " + error.getMessage());
  }

  /** Deliberately wrong: nobody hears of the saves of others. */
  public static class OwnGenerations extends RegistryCalls {
    /** A machine for one run. */
    public OwnGenerations() {
      super(WeakenedPorts::ownGeneration);
    }
  }

  /** Lincheck's scenarios, and a look at what is left when all threads are done. */
  public static class LookedAtAtTheEnd extends RandomExecutionGenerator {
    private final Actor look;

    /** As Lincheck makes it. */
    public LookedAtAtTheEnd(
        CTestConfiguration configuration, CTestStructure calls, RandomProvider random)
        throws NoSuchMethodException {
      super(configuration, calls, random);
      look = new Actor(Calls.class.getMethod("atTheEnd"), List.of());
    }

    @Override
    public ExecutionScenario nextExecution() {
      ExecutionScenario scenario = super.nextExecution();
      return new ExecutionScenario(
          scenario.getInitExecution(),
          scenario.getParallelExecution(),
          List.of(look),
          scenario.getValidationFunction());
    }
  }

  /** Counts what was explored. */
  public static class CountedLinearizability implements Verifier {
    private final Verifier real;

    /** As Lincheck makes it, with the sequential specification. */
    public CountedLinearizability(Class<?> specification) {
      real = new LinearizabilityVerifier(specification);
    }

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
      Explored.add(1);
      return real.verifyResults(scenario, results);
    }
  }
}
