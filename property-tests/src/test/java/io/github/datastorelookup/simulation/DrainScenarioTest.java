package io.github.datastorelookup.simulation;

import static io.github.datastorelookup.simulation.Races.CREATE;
import static io.github.datastorelookup.simulation.Races.close;
import static io.github.datastorelookup.simulation.Races.drain;
import static io.github.datastorelookup.simulation.Races.explore;
import static io.github.datastorelookup.simulation.Races.idleIn;
import static io.github.datastorelookup.simulation.Races.look;
import static io.github.datastorelookup.simulation.Races.read;
import static io.github.datastorelookup.simulation.Races.write;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Refresh;
import io.github.datastorelookup.model.Command.Rest;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.ExternalEvent.EditMode;
import io.github.datastorelookup.model.ExternalEvent.EditOut;
import io.github.datastorelookup.model.ExternalEvent.Interrupt;
import io.github.datastorelookup.oracle.Scenario;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Drains against lookups, against each other, and against manual edits (M1, M2, M3, M4). */
@Tag("exhaustive")
class DrainScenarioTest {
  private static final Command DESTROY = drain(1, MaintenanceMode.DELETE);
  private static final Command UNMOUNT = drain(1, MaintenanceMode.UNMOUNT);
  private static final Command S3_REFRESH = drain(1, MaintenanceMode.S3_REFRESH);

  /** The watcher of process 0, as often as a drain needs it. */
  private static final List<Command> WATCHER =
      List.of(new Rest(0, 5), new Refresh(0), new Rest(0, 20), new Refresh(0));

  @Test
  @Tag("kills:drain-pauses-under-the-config-lock")
  @Tag("kills:section-removed-without-a-drain")
  void lookup_againstDestroy_isWaitedForOrRefused() {
    explore(
        Scenario.of(
                2,
                List.of(CREATE),
                List.of(write(0), close(0), new Rest(0, 5), new Refresh(0)),
                List.of(DESTROY))
            .promising("INV-5", DESTROY, "done")
            .closingAll());
  }

  @Test
  @Tag("kills:decider-counts-its-own-process-only")
  @Tag("kills:living-processes-taken-for-dead")
  void warmLookup_againstDestroy_isWaitedForOrRefused() {
    explore(
        Scenario.of(
                2,
                List.of(CREATE, read(0)),
                List.of(write(0), close(0), close(0), new Rest(0, 5), new Refresh(0)),
                List.of(DESTROY))
            .promising("INV-5", DESTROY, "done")
            .closingAll());
  }

  @Test
  void lookup_againstUnmountElsewhere_withTheWatcherOfIdleFiles_closesThem() {
    explore(
        Scenario.of(2, idleIn(0), List.of(write(0), close(0)), List.of(UNMOUNT), WATCHER)
            .promising("INV-5", UNMOUNT, "done"));
  }

  @Test
  @Tag("kills:drain-sweeps-nothing")
  @Tag("kills:drain-waits-for-counts-only")
  void idleFiles_inAProcessThatOnlyWatches_areClosedBeforeTheUnmount() {
    explore(
        Scenario.of(2, idleIn(0, 1), List.of(UNMOUNT), WATCHER)
            .promising("INV-5", UNMOUNT, "done"));
  }

  /** Files may stay open; whoever waits for CLOSED waits for ever. */
  @Test
  @Tag("kills:drain-waits-for-closed-in-any-mode")
  void s3Refresh_withIdleFilesOpen_doesNotWaitForThem() {
    explore(
        Scenario.of(2, idleIn(0, 1), List.of(read(0), close(0)), List.of(S3_REFRESH))
            .promising("INV-6", S3_REFRESH, "done"));
  }

  @Test
  @Tag("kills:create-without-the-maintenance-lock")
  @Tag("kills:drain-without-the-maintenance-lock")
  void destroy_againstDestroyAndCreateAnew_actsOnceOnEach() {
    explore(
        Scenario.of(
                2,
                List.of(CREATE),
                List.of(drain(0, MaintenanceMode.DELETE)),
                List.of(DESTROY, new Create(1, "aaa", "/a"), read(1), close(1)))
            .afterwards(read(0)));
  }

  /** Somebody removes the section by hand while the data is being removed. */
  @Test
  @Tag("kills:create-without-the-maintenance-lock")
  void destroy_afterItsSectionWasRemovedByHand_keepsTheNameUntilItIsDone() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(drain(0, MaintenanceMode.DELETE)),
            List.of(
                new Rest(1, 5),
                new EditOut("aaa"),
                new Create(1, "aaa", "/a"),
                read(1),
                close(1))));
  }

  @Test
  @Tag("kills:drain-without-the-maintenance-lock")
  void destroy_againstUnmount_actOneAfterTheOther() {
    explore(
        Scenario.of(
            2, List.of(CREATE), List.of(drain(0, MaintenanceMode.DELETE)), List.of(UNMOUNT)));
  }

  @Test
  void drain_againstSetMode_keepsItsMode() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(UNMOUNT),
            List.of(
                new SetMode(0, "aaa", MaintenanceMode.READ_ONLY),
                new Rest(0, 5),
                new SetMode(0, "aaa", MaintenanceMode.NONE),
                write(0),
                close(0))));
  }

  /**
   * Somebody clears the mode by hand while a drain waits, process 0 loads that, and it is set back:
   * only a bump keeps process 0 from using what it has loaded (M3).
   */
  @Test
  @Tag("kills:load-instead-of-save-before-acting")
  @Tag("kills:no-save-before-acting")
  void drain_afterTheModeWasClearedByHandAndSetBack_isNotDeceivedByWhatWasLoaded() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE, read(0)),
            List.of(S3_REFRESH),
            List.of(
                new Rest(0, 5),
                new EditMode("aaa", MaintenanceMode.NONE),
                look(0),
                new EditMode("aaa", MaintenanceMode.S3_REFRESH),
                close(0),
                new Rest(0, 15),
                write(0))));
  }

  @Test
  void twoDrains_withLookupsInThree_actOneAfterTheOther() {
    explore(
        Scenario.of(
            3,
            idleIn(0),
            List.of(write(0), close(0)),
            List.of(UNMOUNT),
            List.of(drain(2, MaintenanceMode.READ_ONLY))));
  }

  /** An interrupt at any moment, once more while the mode is given back: no mode stays. */
  @Test
  @Tag("kills:end-of-a-drain-interrupted")
  void drain_interruptedAtAnyMoment_givesItsModeBack() {
    Command granted = read(1);
    explore(
        Scenario.of(
                2,
                List.of(CREATE, read(0)),
                List.of(drain(0, MaintenanceMode.OFFLINE)),
                List.of(new Interrupt(1), new Interrupt(1)))
            .promising("INV-13", granted, "granted")
            .afterwards(granted));
  }
}
