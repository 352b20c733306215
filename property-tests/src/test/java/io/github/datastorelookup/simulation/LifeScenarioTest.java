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
import io.github.datastorelookup.model.Command.CloseRegistry;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Duplicate;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.ExternalEvent.Alias;
import io.github.datastorelookup.oracle.Scenario;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Handles and registries that are closed while others use them (D1, D2, C1, C2). */
@Tag("exhaustive")
class LifeScenarioTest {
  private static final Command OFFLINE = new SetMode(0, "aaa", MaintenanceMode.OFFLINE);

  @Test
  @Tag("kills:duplicate-checks-before-it-counts")
  void duplicate_againstCloseOfItsSource_isOpenOrRefused() {
    explore(
        Scenario.of(
                1,
                List.of(CREATE, read(0), OFFLINE),
                List.of(new Duplicate(0, "aaa"), close(0)),
                List.of(close(0)))
            .afterwards(close(0))
            .closingAll());
  }

  @Test
  @Tag("kills:words-looked-at-before-the-flag")
  void registryClose_againstALookup_leavesNothingOpen() {
    explore(
        Scenario.of(1, List.of(CREATE), List.of(write(0), close(0)), List.of(new CloseRegistry(0)))
            .closingAll());
  }

  @Test
  void registryClose_againstAWarmLookup_leavesNothingOpen() {
    explore(
        Scenario.of(1, idleIn(0), List.of(write(0), close(0)), List.of(new CloseRegistry(0)))
            .closingAll());
  }

  /** Whoever counts after the closer has looked would count where nobody looks any more. */
  @Test
  @Tag("kills:closing-not-asked-after-a-slow-count")
  void registryClose_againstALookup_leavesNoHandleThatNobodyCounts() {
    explore(
        Scenario.of(2, List.of(CREATE), List.of(read(0)), List.of(new CloseRegistry(0)))
            .afterwards(drain(1, MaintenanceMode.UNMOUNT)));
  }

  /** The closer tries a mutex while its owner has seen its own compare-and-set fail already. */
  @Test
  @Tag("kills:closer-counts-on-a-missed-eviction")
  void registryClose_againstALookupThatEvictsAnothersFiles_leavesNothingOpen() {
    explore(
        Scenario.of(
            1,
            List.of(
                CREATE,
                new Create(0, "bbb", "/b"),
                new Alias("/b", "/a"),
                new Lookup(0, "bbb", Operation.READ)),
            List.of(new Close(0, "bbb"), new CloseRegistry(0)),
            List.of(read(0), close(0))));
  }

  /** A closed registry's handles count until they are closed. */
  @Test
  @Tag("kills:closed-registry-asks-the-config")
  @Tag("kills:ledger-closed-with-handles-out")
  void registryClose_withAHandle_isWaitedForByADrain() {
    Command unmount = drain(1, MaintenanceMode.UNMOUNT);
    explore(
        Scenario.of(
                2,
                List.of(CREATE, read(0)),
                List.of(new CloseRegistry(0), close(0)),
                List.of(unmount))
            .promising("INV-5", unmount, "done")
            .closingAll());
  }
}
