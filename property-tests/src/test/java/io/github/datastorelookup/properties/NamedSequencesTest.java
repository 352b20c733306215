package io.github.datastorelookup.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.Command.Update;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.model.Outside.EditMode;
import io.github.datastorelookup.model.Outside.EditPath;
import io.github.datastorelookup.model.Outside.LockFile;
import io.github.datastorelookup.model.Outside.Wait;
import io.github.datastorelookup.oracle.Fleet;
import io.github.datastorelookup.oracle.Sequence;
import io.github.datastorelookup.simulation.Schedule;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sequences that chance meets too rarely, each with the mistake that it shows. */
@Tag("properties")
class NamedSequencesTest {
  private static final Command CREATE = new Create(0, "aaa", "/a");
  private static final Command READ = new Lookup(0, "aaa", Operation.READ);
  private static final Command CLOSE = new Close(0, "aaa");

  /** The undo of a failed open is the last drop of files that nobody wants any more. */
  @Test
  void failedOpen_afterThePathMoved_closesTheOldFiles() {
    Sequence.run(1, List.of(CREATE, READ, CLOSE, new EditPath("aaa", "/b"), new Wait(60), READ));
  }

  /**
   * A section that changed and changed back is another one: the warm path does not trust the files
   * that were opened for it before, and finds that {@code .lock} was exchanged. (Found by chance,
   * shrunk.)
   */
  @Test
  void lookup_afterTheSectionChangedAndChangedBack_looksAtTheFilesAgain() {
    Sequence.run(
        1,
        List.of(
            CREATE,
            new Create(0, "bbb", "/b"),
            READ,
            new SetMode(0, "aaa", MaintenanceMode.READ_ONLY),
            new Lookup(0, "bbb", Operation.READ),
            new Update(0, "bbb"),
            new EditMode("aaa", MaintenanceMode.NONE),
            new Lookup(0, "bbb", Operation.READ),
            new LockFile("/a", true),
            READ));
  }

  /** The oracle is told of an answer that is not the model's. */
  @Test
  void oracle_whenAnAnswerIsWrong_namesTheInvariant() {
    Fleet fleet = new Fleet(Schedule.none(), 1);
    ModelState state = ModelState.initial(1, Fleet.TTL_SECONDS);
    for (Command command : List.of(CREATE, new SetMode(0, "aaa", MaintenanceMode.OFFLINE), READ)) {
      Model.Step step = Model.step(state, command);
      Answer actual = fleet.run(command);
      if (command == READ) {
        ModelState before = state;
        Answer wrong = Answer.granted("v1", "/a");
        assertThrows(
            InvariantViolation.class,
            () -> fleet.oracle().check(before, command, step.answer(), wrong, step.state()));
      }
      fleet.oracle().check(state, command, step.answer(), actual, step.state());
      state = step.state();
    }
  }
}
