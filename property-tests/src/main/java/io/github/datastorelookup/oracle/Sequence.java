package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.model.Tampering;
import io.github.datastorelookup.simulation.Schedule;
import java.util.List;
import java.util.function.BiConsumer;

/** Runs commands one after the other, on real registries and on the model beside them. */
public final class Sequence {
  private static final int STORY_LINES = 40;

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
   * Runs the commands with as many processes as they name, and tells what each answered, which may
   * be too much for who is told.
   *
   * @throws InvariantViolation as {@link #run(int, List)}; the program that it tells is the
   *     smallest that was found to break the same invariant
   */
  public static void run(List<Command> commands, BiConsumer<Command, Answer> told) {
    try {
      run(processes(commands), commands, told);
    } catch (InvariantViolation e) {
      throw Shrinking.of(commands, told, e);
    }
  }

  static int processes(List<Command> commands) {
    int most = 0;
    for (Command command : commands) {
      int of = command instanceof Tampering.ReplaceLedger c ? c.of() : command.process();
      most = Math.max(most, of);
    }
    return most + 1;
  }

  static void run(int processes, List<Command> commands, BiConsumer<Command, Answer> told) {
    Fleet fleet = new Fleet(Schedule.none(), processes);
    fleet.oracle().oneByOne();
    ModelState state = ModelState.initial(processes, Fleet.TTL_SECONDS);
    try {
      for (Command command : commands) {
        Model.Step step = Model.step(state, command);
        Answer actual = fleet.run(command);
        fleet.oracle().check(state, command, step.answer(), actual, step.state());
        told.accept(command, actual);
        state = step.state().at(fleet.now());
      }
    } catch (InvariantViolation e) {
      throw e.after(fleet.story(STORY_LINES));
    }
    Explored.add(1);
  }
}
