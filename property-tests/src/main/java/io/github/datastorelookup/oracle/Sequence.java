package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.simulation.Schedule;
import java.util.List;

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
    Fleet fleet = new Fleet(Schedule.none(), processes);
    ModelState state = ModelState.initial(processes, Fleet.TTL_SECONDS);
    try {
      for (Command command : commands) {
        Model.Step step = Model.step(state, command);
        Answer actual = fleet.run(command);
        fleet.oracle().check(state, command, step.answer(), actual, step.state());
        state = step.state();
      }
    } catch (InvariantViolation e) {
      throw e.after(fleet.story(STORY_LINES));
    }
    Explored.add(1);
  }
}
