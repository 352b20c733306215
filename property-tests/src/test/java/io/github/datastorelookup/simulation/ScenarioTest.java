package io.github.datastorelookup.simulation;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Count;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.ExternalEvent.EditPath;
import io.github.datastorelookup.oracle.Scenario;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races of two threads, in all schedules that interrupt them at most twice. */
@Tag("exhaustive")
class ScenarioTest {
  private static final Command CREATE = new Create(0, "aaa", "/a");

  private static void explore(int processes, List<Command> setup, List<List<Command>> threads) {
    explore(Scenario.of(processes, setup, threads.get(0), threads.get(1)));
  }

  private static void explore(Scenario scenario) {
    Races.explore(scenario);
  }

  @Test
  @Tag("kills:config-lock-released-before-the-mode-is-asked")
  @Tag("kills:count-after-config-lock")
  @Tag("kills:lookup-without-the-config-lock")
  void lookup_againstSetModeAndCount_isSeenOrRefused() {
    explore(
        2,
        List.of(CREATE),
        List.of(
            List.of(new Lookup(0, "aaa", Operation.WRITE)),
            List.of(new SetMode(1, "aaa", MaintenanceMode.OFFLINE), new Count(1, "aaa"))));
  }

  @Test
  @Tag("kills:closed-stored-plainly")
  @Tag("kills:evict-without-compare-and-set")
  @Tag("kills:evict-without-the-slot-mutex")
  @Tag("kills:one-closing-bit")
  @Tag("kills:open-sets-the-word-to-zero")
  void lastDropInOffline_againstClearAndLookup_keepsTheWritersFilesOpen() {
    explore(
        1,
        List.of(
            CREATE,
            new Lookup(0, "aaa", Operation.READ),
            new SetMode(0, "aaa", MaintenanceMode.OFFLINE)),
        List.of(
            List.of(new Close(0, "aaa")),
            List.of(
                new SetMode(0, "aaa", MaintenanceMode.NONE),
                new Lookup(0, "aaa", Operation.WRITE))));
  }

  @Test
  @Tag("kills:slot-sought-before-the-config-lock")
  void firstLookups_ofAClosedDatastore_openItOnce() {
    explore(
        Scenario.of(
                1,
                List.of(CREATE),
                List.of(new Lookup(0, "aaa", Operation.WRITE)),
                List.of(new Lookup(0, "aaa", Operation.READ), new Close(0, "aaa")))
            .afterwards(new Lookup(0, "aaa", Operation.READ)));
  }

  /** What makes a lookup of process 0 warm. */
  private static final List<Command> WARM =
      List.of(CREATE, new Lookup(0, "aaa", Operation.READ), new Close(0, "aaa"));

  @Test
  @Tag("kills:warm-lookup-does-not-read-again")
  @Tag("kills:warm-lookup-reads-again-before-it-counts")
  void warmLookup_againstSetModeAndCount_isSeenOrRefused() {
    explore(
        2,
        WARM,
        List.of(
            List.of(new Lookup(0, "aaa", Operation.WRITE)),
            List.of(new SetMode(1, "aaa", MaintenanceMode.OFFLINE), new Count(1, "aaa"))));
  }

  /** No save comes in between: two sections have one path, and evict each other's files. */
  @Test
  @Tag("kills:warm-lookup-ignores-the-closing-bits")
  @Tag("kills:warm-lookup-reads-the-instance-before-it-counts")
  void warmLookup_againstEvictAndReopen_isNeverGrantedClosedFiles() {
    explore(
        1,
        List.of(
            CREATE,
            new EditPath("bbb", "/a"),
            new Lookup(0, "aaa", Operation.READ),
            new Close(0, "aaa")),
        List.of(
            List.of(new Lookup(0, "aaa", Operation.READ)),
            List.of(
                new Lookup(0, "bbb", Operation.READ),
                new Close(0, "bbb"),
                new Lookup(0, "aaa", Operation.READ))));
  }

  @Test
  @Tag("kills:undo-clears-the-closing-bit")
  @Tag("kills:warm-undo-without-last-drop-check")
  void warmLookup_againstSetOfflineAndLastDrop_leavesNoFilesOpen() {
    explore(
        Scenario.of(
                2,
                List.of(CREATE, new Lookup(0, "aaa", Operation.READ)),
                List.of(new Lookup(0, "aaa", Operation.READ), new Close(0, "aaa")),
                List.of(new SetMode(1, "aaa", MaintenanceMode.OFFLINE), new Close(0, "aaa")))
            .closingAll());
  }
}
