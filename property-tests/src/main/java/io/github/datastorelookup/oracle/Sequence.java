package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Trace;
import java.util.List;
import java.util.function.BiConsumer;

/** Runs commands one after the other, on real registries and on the model beside them. */
public final class Sequence {
  private Sequence() {}

  /**
   * Runs the commands.
   *
   * @throws InvariantViolation when an answer is not the model's, or an invariant does not hold
   */
  public static void run(int processes, List<Command> commands) {
    run(processes, commands, (command, answer) -> {});
  }

  /**
   * Runs the commands with as many processes as they name, and reports each answer.
   *
   * @throws InvariantViolation as {@link #run(int, List)}
   */
  public static void run(List<Command> commands, BiConsumer<Command, Answer> told) {
    run(processes(commands), commands, told);
  }

  private static int processes(List<Command> commands) {
    int most = 0;
    for (Command command : commands) {
      most = Math.max(most, process(command));
    }
    return most + 1;
  }

  private static int process(Command command) {
    return command instanceof FileFault.ReplaceLedger c
        ? c.of()
        : command instanceof FileFault.LoseLock c ? c.of() : command.process();
  }

  private static void run(int processes, List<Command> commands, BiConsumer<Command, Answer> told) {
    Exploration.run(
        Scenario.of(processes, commands),
        Schedule.none(),
        (scenario, schedule) -> new Execution(scenario, schedule, new Trace(false), told).run());
  }
}
