package io.github.datastorelookup.simulation;

import static io.github.datastorelookup.simulation.Races.CREATE;
import static io.github.datastorelookup.simulation.Races.close;
import static io.github.datastorelookup.simulation.Races.drain;
import static io.github.datastorelookup.simulation.Races.explore;
import static io.github.datastorelookup.simulation.Races.exploreThree;
import static io.github.datastorelookup.simulation.Races.idleIn;
import static io.github.datastorelookup.simulation.Races.look;
import static io.github.datastorelookup.simulation.Races.read;
import static io.github.datastorelookup.simulation.Races.write;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Duplicate;
import io.github.datastorelookup.model.Command.Refresh;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.Command.Update;
import io.github.datastorelookup.model.ExternalEvent.Bump;
import io.github.datastorelookup.model.ExternalEvent.EditMode;
import io.github.datastorelookup.oracle.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races that tell wrong designs from the right one, which no other scenario does. */
@Tag("exhaustive")
class WrongDesignScenarioTest {
  private static final Command OFFLINE = new SetMode(1, "aaa", MaintenanceMode.OFFLINE);

  /**
   * A program without our locks edits the file and bumps. Whoever loaded meanwhile may have the old
   * text under the old generation, or the new text, but not the old text under the new generation:
   * process 1 uses the new one already.
   */
  @Test
  @Tag("kills:load-reads-the-file-before-the-generation")
  void load_againstAnEditAndABumpOfAnotherProgram_isNotTakenForNewer() {
    List<Command> setup = new ArrayList<>(idleIn(0, 1));
    setup.add(new Bump());
    explore(
        Scenario.of(
                2,
                setup,
                List.of(look(0)),
                List.of(
                    new EditMode("aaa", MaintenanceMode.OFFLINE), new Bump(), read(1), write(0)))
            .promising("INV-2", write(0), "DatastoreUnavailable"));
  }

  /** Who loads between the two bumps of a save has to load again. */
  @Test
  @Tag("kills:one-bump-before-and-loads-without-the-lock")
  void load_againstASave_isNotTakenForNewer() {
    explore(
        Scenario.of(2, idleIn(0), List.of(read(0), close(0)), List.of(new Update(1, "aaa")))
            .afterwards(read(0)));
  }

  /** What a load found is old once the config lock is gone. */
  @Test
  @Tag("kills:snapshot-stored-after-the-config-lock")
  void firstLoad_againstASave_isNotTakenForNewer() {
    explore(
        Scenario.of(
            2, List.of(CREATE), List.of(read(0), close(0), write(0)), List.of(OFFLINE, look(1))));
  }

  /** What a process saved is old once the config lock is gone: another one saves as well. */
  @Test
  @Tag("kills:saver-takes-its-save-for-current")
  void ownSave_againstASaveElsewhere_isNotTakenForNewer() {
    explore(Scenario.of(2, idleIn(0), List.of(new Update(0, "aaa"), write(0)), List.of(OFFLINE)));
  }

  /** Counts of one process that come and go at once are all there. */
  @Test
  @Tag("kills:count-read-and-written-back")
  void lookupsAndDrops_ofOneProcess_areAllCounted() {
    explore(
        Scenario.of(1, idleIn(0), List.of(write(0), close(0)), List.of(read(0), close(0), read(0)))
            .afterwards(close(0)));
  }

  /** A duplicate of what is closed meanwhile is none, though its files are still open. */
  @Test
  @Tag("kills:duplicate-not-counted")
  void duplicate_againstCloseOfItsSource_isCountedOrRefused() {
    explore(
        Scenario.of(
            1,
            List.of(CREATE, read(0)),
            List.of(new Duplicate(0, "aaa"), close(0)),
            List.of(close(0))));
  }

  /** What others saved while a drain waited and acted is still there when it ends. */
  @Test
  @Tag("kills:drain-writes-back-its-first-config")
  void drain_againstACreateElsewhere_keepsBoth() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(drain(0, MaintenanceMode.UNMOUNT)),
            List.of(new Create(1, "bbb", "/b"))));
  }

  /**
   * As in {@code DrainScenarioTest}, the mode was cleared by hand and set back, and process 0 has
   * loaded that; here it comes in after the drain has seen nobody and before it saves again.
   */
  @Test
  @Tag("kills:words-not-read-again-before-acting")
  void drain_againstAWriterWhoComesInBeforeItsLastSave_seesIt() {
    exploreThree(
        Scenario.of(
            2,
            idleIn(0),
            List.of(drain(1, MaintenanceMode.S3_REFRESH)),
            List.of(
                new EditMode("aaa", MaintenanceMode.NONE),
                look(0),
                new EditMode("aaa", MaintenanceMode.S3_REFRESH),
                write(0))));
  }

  /** A watcher that looked too early looks again in its next period. */
  @Test
  @Tag("kills:watcher-reads-the-generation-after-the-file")
  void watcher_againstASave_closesIdleFilesInTheNextPeriod() {
    explore(
        Scenario.of(2, idleIn(0), List.of(new Refresh(0)), List.of(OFFLINE))
            .afterwards(new Refresh(0))
            .closingAll());
  }
}
