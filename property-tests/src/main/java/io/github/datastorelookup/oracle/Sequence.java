package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.simulation.Explorer;
import java.util.List;

/** Runs commands one after the other, on real registries and on the model beside them. */
public final class Sequence {
  private Sequence() {}

  /**
   * Runs the commands.
   *
   * @throws InvariantViolation when an answer is not the model's, or an invariant does not hold
   */
  public static void run(int processes, List<Command> commands) {
    Explorer.Result unused = Exploration.explore(Scenario.of(processes, commands), 0, 1);
  }
}
