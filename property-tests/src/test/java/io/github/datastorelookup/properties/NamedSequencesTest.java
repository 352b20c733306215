package io.github.datastorelookup.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.CloseRegistry;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.Command.Kill;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.Maintain;
import io.github.datastorelookup.model.Command.Refresh;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.Command.Start;
import io.github.datastorelookup.model.Command.Update;
import io.github.datastorelookup.model.ExternalEvent.EditComment;
import io.github.datastorelookup.model.ExternalEvent.EditMode;
import io.github.datastorelookup.model.ExternalEvent.EditPath;
import io.github.datastorelookup.model.ExternalEvent.EditTorn;
import io.github.datastorelookup.model.ExternalEvent.LockFile;
import io.github.datastorelookup.model.ExternalEvent.Mount;
import io.github.datastorelookup.model.ExternalEvent.Wait;
import io.github.datastorelookup.model.Model;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelState;
import io.github.datastorelookup.oracle.Cluster;
import io.github.datastorelookup.oracle.Sequence;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Trace;
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
  @Tag("kills:undo-without-last-drop-check")
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

  /** Who bumps without the lock may label what somebody is about to replace as new. */
  @Test
  @Tag("kills:load-without-the-config-lock")
  void watcher_whoFindsAnEditByHand_holdsTheConfigLock() {
    Sequence.run(
        1, List.of(CREATE, READ, new EditComment("aaa"), new Wait(60), new Refresh(0), READ));
  }

  /** Whatever else is wrong, a closed registry says that it is closed. */
  @Test
  void edits_afterTheRegistryWasClosed_areRefusedForThatReason() {
    Sequence.run(
        1,
        List.of(
            CREATE,
            new CloseRegistry(0),
            new EditTorn(true),
            new SetMode(0, "aaa", MaintenanceMode.OFFLINE),
            new Maintain(0, "aaa", MaintenanceMode.OFFLINE),
            new Maintain(0, "bbb", MaintenanceMode.DELETE)));
  }

  /** What somebody did by hand while a drain waited is not undone when it gives up. */
  @Test
  @Tag("kills:mode-given-back-although-not-ours")
  void drainThatGivesUp_afterTheModeWasTakenAway_leavesItAlone() {
    Sequence.run(
        1,
        List.of(
            CREATE, READ, new Maintain(0, "aaa", MaintenanceMode.OFFLINE, 0, Ending.TAKEN), READ));
  }

  /** A dead process's word says what it said when it died; it counts nothing. */
  @Test
  void drain_afterAUserWasKilled_doesNotWaitForIt() {
    Sequence.run(
        2,
        List.of(
            CREATE,
            new Lookup(1, "aaa", Operation.WRITE),
            new Maintain(0, "aaa", MaintenanceMode.READ_ONLY),
            new Kill(1),
            new Maintain(0, "aaa", MaintenanceMode.READ_ONLY),
            new Maintain(0, "aaa", MaintenanceMode.DELETE)));
  }

  /** Nobody tells others of a save without a counter, so there is none. */
  @Test
  @Tag("kills:save-without-a-counter")
  void saves_withoutACounter_areRefused() {
    Sequence.run(
        2,
        List.of(
            CREATE,
            new Lookup(0, "aaa", Operation.READ),
            new Kill(1),
            new Start(1, false),
            new SetMode(1, "aaa", MaintenanceMode.OFFLINE),
            new Update(1, "aaa"),
            new Create(1, "bbb", "/b"),
            new Maintain(1, "aaa", MaintenanceMode.DELETE),
            new Lookup(0, "aaa", Operation.WRITE)));
  }

  /** A removable datastore is asked for at each lookup, and its files stay open meanwhile. */
  @Test
  @Tag("kills:lookup-of-a-removable-datastore-stays-warm")
  @Tag("kills:unknown-mount-counts-as-mounted")
  void lookup_whileTheDeviceIsGone_isRefusedAndClosesNothing() {
    Command removable = new Create(0, "usb", ModelConfig.mountPoint("usb"));
    Command write = new Lookup(0, "usb", Operation.WRITE);
    Sequence.run(
        1,
        List.of(
            removable,
            new Mount("usb", MountTable.Status.MOUNTED),
            removable,
            write,
            new Mount("usb", MountTable.Status.UNKNOWN),
            write,
            new Lookup(0, "usb", Operation.LOOKUP),
            new Mount("usb", MountTable.Status.MOUNTED),
            write));
  }

  /** Files that were closed are not granted again: they are opened anew. */
  @Test
  @Tag("kills:closed-instance-not-forgotten")
  void lookup_afterItsFilesWereClosed_opensThemAgain() {
    Sequence.run(
        1,
        List.of(
            CREATE,
            READ,
            new SetMode(0, "aaa", MaintenanceMode.OFFLINE),
            CLOSE,
            new SetMode(0, "aaa", MaintenanceMode.NONE),
            READ));
  }

  /** The oracle is told of an answer that is not the model's. */
  @Test
  void oracle_whenAnAnswerIsWrong_namesTheInvariant() {
    Cluster cluster = new Cluster(Schedule.none(), new Trace(false), 1);
    ModelState state = ModelState.initial(1, Cluster.TTL_SECONDS);
    for (Command command : List.of(CREATE, new SetMode(0, "aaa", MaintenanceMode.OFFLINE), READ)) {
      Model.Step step = Model.step(state, command);
      Answer actual = cluster.run(command);
      if (command == READ) {
        ModelState before = state;
        Answer wrong = Answer.granted("v1", "/a");
        assertThrows(
            InvariantViolation.class,
            () -> cluster.oracle().check(before, command, step.answer(), wrong, step.state()));
      }
      cluster.oracle().check(state, command, step.answer(), actual, step.state());
      state = step.state();
    }
  }
}
