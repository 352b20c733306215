package io.github.datastorelookup.simulation;

import static io.github.datastorelookup.simulation.Races.CREATE;
import static io.github.datastorelookup.simulation.Races.close;
import static io.github.datastorelookup.simulation.Races.drain;
import static io.github.datastorelookup.simulation.Races.explore;
import static io.github.datastorelookup.simulation.Races.idleIn;
import static io.github.datastorelookup.simulation.Races.read;
import static io.github.datastorelookup.simulation.Races.write;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.Refresh;
import io.github.datastorelookup.model.Command.Rest;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.ExternalEvent.Alias;
import io.github.datastorelookup.model.ExternalEvent.EditPath;
import io.github.datastorelookup.model.ExternalEvent.Hang;
import io.github.datastorelookup.model.ExternalEvent.LockFile;
import io.github.datastorelookup.model.ExternalEvent.Wait;
import io.github.datastorelookup.oracle.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which thread opens and closes files, and which must not wait (L3, L4, L5, L6, L7, E1, T2). */
@Tag("exhaustive")
class FilesScenarioTest {
  private static final Command READ_B = new Lookup(0, "bbb", Operation.READ);
  private static final Command CLOSE_B = new Close(0, "bbb");

  private static List<Command> and(List<Command> some, Command... more) {
    List<Command> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  @Tag("kills:closed-said-before-the-files-are")
  void lastDrop_againstADrainThatWaitsForClosed_closesTheFilesFirst() {
    Command offline = drain(1, MaintenanceMode.OFFLINE);
    explore(
        Scenario.of(
                2,
                List.of(CREATE, read(0)),
                List.of(close(0), new Rest(0, 5), new Refresh(0)),
                List.of(offline))
            .promising("INV-5", offline, "done"));
  }

  /** Both want the same chunk store, which one at a time can have: the other waits (R1). */
  @Test
  @Tag("kills:busy-at-once")
  @Tag("kills:claim-checked-and-then-taken")
  @Tag("kills:retry-keeps-its-count")
  void lookupsOfTwoNames_withOneLockFile_shareItOneAfterTheOther() {
    List<Command> setup = List.of(CREATE, new Create(0, "bbb", "/b"), new Alias("/b", "/a"));
    explore(
        Scenario.of(1, setup, List.of(read(0), close(0)), List.of(READ_B, CLOSE_B))
            .promising("INV-13", read(0), "granted")
            .promising("INV-13", READ_B, "granted"));
  }

  @Test
  void lookupsOfTwoNames_withOnePath_shareItOneAfterTheOther() {
    List<Command> setup = and(idleIn(0), new EditPath("bbb", "/a"));
    explore(
        Scenario.of(
            1, setup, List.of(write(0), close(0)), List.of(READ_B, CLOSE_B), List.of(read(0))));
  }

  @Test
  void warmLookup_againstAMoveByHand_neverGetsTheOldFiles() {
    List<Command> setup = and(idleIn(0), new LockFile("/b", true), new EditPath("aaa", "/b"));
    explore(
        Scenario.of(
            1, setup, List.of(read(0), close(0)), List.of(new Wait(60), write(0), close(0))));
  }

  @Test
  void warmLookup_againstALockFileMadeAnew_keepsItsFilesOpen() {
    explore(
        Scenario.of(
            1,
            idleIn(0),
            List.of(read(0), close(0)),
            List.of(new LockFile("/a", true), new Command.Update(0, "aaa"), write(0), close(0))));
  }

  @Test
  @Tag("kills:move-without-compare-and-set")
  void move_withUsersInside_waitsForThem() {
    List<Command> setup =
        List.of(CREATE, new LockFile("/b", true), read(0), new EditPath("aaa", "/b"), new Wait(60));
    explore(
        Scenario.of(1, setup, List.of(write(0), close(0)), List.of(close(0), read(0)))
            .promising("INV-13", write(0), "granted"));
  }

  /** What hangs delays its own lookups, and nobody else. */
  @Test
  @Tag("kills:config-lock-held-while-opening")
  void lookup_ofAHungDatastore_delaysNobodyElse() {
    explore(
        Scenario.of(
            1,
            List.of(CREATE, new Create(0, "bbb", "/b"), new Hang("/a", true)),
            List.of(read(0)),
            List.of(
                READ_B, new SetMode(0, "aaa", MaintenanceMode.OFFLINE), new Refresh(0), CLOSE_B)));
  }

  @Test
  void slowOpen_againstOfflineAndDrop_leavesNoFilesOpen() {
    explore(
        Scenario.of(
                1,
                List.of(CREATE, new Hang("/a", true)),
                List.of(read(0), close(0)),
                List.of(new SetMode(0, "aaa", MaintenanceMode.OFFLINE), new Refresh(0), close(0)))
            .afterwards(close(0))
            .closingAll());
  }

  @Test
  @Tag("kills:watcher-waits-for-a-hung-datastore")
  void watcher_againstALookupThatHangs_doesNotWaitForIt() {
    List<Command> setup =
        and(
            idleIn(0),
            new LockFile("/b", true),
            new EditPath("aaa", "/b"),
            new Wait(60),
            new Hang("/b", true));
    explore(Scenario.of(1, setup, List.of(new Refresh(0)), List.of(read(0))));
  }

  @Test
  void watcher_againstLookupsWhileAModeComesAndGoes_closesOnlyWhatIsIdle() {
    explore(
        Scenario.of(
            2,
            idleIn(0),
            List.of(write(0), close(0)),
            List.of(
                new SetMode(1, "aaa", MaintenanceMode.OFFLINE),
                new Refresh(0),
                new SetMode(1, "aaa", MaintenanceMode.NONE),
                read(0))));
  }

  /** A lookup that cannot open takes its count back, and the files can be opened later. */
  @Test
  void failedOpen_againstALookupThatComesIn_leavesNothingBehind() {
    List<Command> setup = and(idleIn(0), new EditPath("aaa", "/b"), new Wait(60));
    explore(
        Scenario.of(
                1,
                setup,
                List.of(read(0)),
                List.of(write(0), new LockFile("/b", true), read(0), close(0)))
            .afterwards(close(0), close(0), read(0))
            .promising("INV-9", new Lookup(0, "aaa", Operation.READ), "granted", "OpenFailed"));
  }
}
