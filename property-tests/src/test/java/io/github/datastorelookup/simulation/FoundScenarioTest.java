package io.github.datastorelookup.simulation;

import static io.github.datastorelookup.simulation.Races.CREATE;
import static io.github.datastorelookup.simulation.Races.drain;
import static io.github.datastorelookup.simulation.Races.explore;
import static io.github.datastorelookup.simulation.Races.read;
import static io.github.datastorelookup.simulation.Races.write;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command.Count;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.ExternalEvent.EditMode;
import io.github.datastorelookup.oracle.Scenario;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What random races found, made small. */
@Tag("exhaustive")
class FoundScenarioTest {
  /** A create that returns late came before the destroy that its section made possible. */
  @Test
  void create_againstDestroyOfWhatItMakes_isBeforeIt() {
    explore(
        Scenario.of(
            2,
            List.of(),
            List.of(new Create(1, "aaa", "/a")),
            List.of(drain(0, MaintenanceMode.DELETE))));
  }

  /** Between a drain's last look and its task somebody takes the mode away by hand. */
  @Test
  void lookup_afterTheModeWasTakenAwayAtTheLastMoment_isNobodysFault() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(new EditMode("aaa", MaintenanceMode.NONE), write(1)),
            List.of(drain(1, MaintenanceMode.READ_ONLY))));
  }

  /**
   * The same, while a lookup in the decider's process waits for the config lock: between the
   * decider's last look and its task another process looks up.
   */
  @Test
  void lookupElsewhere_afterTheModeWasTakenAwayAtTheLastMoment_isUnavoidable() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(new EditMode("aaa", MaintenanceMode.NONE), write(1)),
            List.of(drain(1, MaintenanceMode.OFFLINE)),
            List.of(read(0))));
  }

  /** A save that clears a mode takes effect when it replaces the file, not when it is called. */
  @Test
  void lookup_afterASlowSaveClearedTheModeThatWasSeenDrained_isGranted() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(new SetMode(1, "aaa", MaintenanceMode.NONE), write(1)),
            List.of(new SetMode(1, "aaa", MaintenanceMode.READ_ONLY), new Count(1, "aaa"))));
  }

  /** Before a save that sets a mode has returned, somebody takes the mode away by hand. */
  @Test
  void lookup_afterTheModeWasTakenAwayBeforeItsSaveReturned_isGranted() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(new SetMode(1, "aaa", MaintenanceMode.UNMOUNT), new Count(1, "aaa"), write(0)),
            List.of(new EditMode("aaa", MaintenanceMode.NONE))));
  }
}
