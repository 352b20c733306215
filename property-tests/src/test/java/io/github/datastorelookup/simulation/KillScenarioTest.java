package io.github.datastorelookup.simulation;

import static io.github.datastorelookup.simulation.Races.CREATE;
import static io.github.datastorelookup.simulation.Races.close;
import static io.github.datastorelookup.simulation.Races.drain;
import static io.github.datastorelookup.simulation.Races.exploreKilling;
import static io.github.datastorelookup.simulation.Races.idleIn;
import static io.github.datastorelookup.simulation.Races.look;
import static io.github.datastorelookup.simulation.Races.read;
import static io.github.datastorelookup.simulation.Races.write;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Maintain;
import io.github.datastorelookup.model.Command.Refresh;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.Command.Start;
import io.github.datastorelookup.model.Command.Update;
import io.github.datastorelookup.oracle.Scenario;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Process 0 is killed at every point, and the others go on (INV-12). */
@Tag("exhaustive")
class KillScenarioTest {

  /** All that a process may want of a datastore whose other users are dead. */
  private static final Command[] GO_ON = {
    look(1),
    close(1),
    new Update(1, "aaa"),
    new Maintain(1, "aaa", MaintenanceMode.UNMOUNT),
    read(1),
    close(1),
    new Start(0, true),
    write(0),
    close(0),
    new SetMode(1, "aaa", MaintenanceMode.OFFLINE),
    new Refresh(0),
    new Refresh(1),
    new Maintain(0, "aaa", MaintenanceMode.DELETE),
    new Create(1, "aaa", "/b"),
    write(1)
  };

  @Test
  @Tag("kills:one-bump-after-the-replace")
  void save_killedAnywhere_happenedForAllOrForNobody() {
    exploreKilling(
        0,
        Scenario.of(
                2,
                idleIn(1),
                List.of(new SetMode(0, "aaa", MaintenanceMode.OFFLINE)),
                List.of(write(1), close(1)))
            .afterwards(read(1), close(1), write(1), close(1), new Update(1, "aaa")));
  }

  @Test
  void slowLookupAndDrop_killedAnywhere_countNoMore() {
    exploreKilling(
        0,
        Scenario.of(2, List.of(CREATE), List.of(write(0), close(0)), List.of(read(1), close(1)))
            .afterwards(GO_ON));
  }

  @Test
  @Tag("kills:dead-processes-counted")
  void warmLookup_killedAnywhere_countsNoMore() {
    exploreKilling(
        0,
        Scenario.of(
                2,
                idleIn(0, 1),
                List.of(write(0), read(0), close(0)),
                List.of(new Update(1, "aaa"), read(1), close(1)))
            .afterwards(GO_ON));
  }

  @Test
  void evict_killedAnywhere_countsNoMore() {
    exploreKilling(
        0,
        Scenario.of(
                2,
                List.of(CREATE, read(0), new SetMode(1, "aaa", MaintenanceMode.OFFLINE)),
                List.of(close(0)),
                List.of(new SetMode(1, "aaa", MaintenanceMode.NONE), read(1), close(1)))
            .afterwards(GO_ON));
  }

  /** The maintenance lock is free, the mode stays, and the next drain works. */
  @Test
  void decider_killedAnywhere_leavesTheDatastoreToTheNext() {
    exploreKilling(
        0,
        Scenario.of(
                2,
                List.of(CREATE),
                List.of(drain(0, MaintenanceMode.UNMOUNT)),
                List.of(write(1), close(1)))
            .afterwards(GO_ON));
  }

  @Test
  void destroyer_killedAnywhere_leavesTheDatastoreToTheNext() {
    exploreKilling(
        0,
        Scenario.of(
                2,
                idleIn(1),
                List.of(drain(0, MaintenanceMode.DELETE)),
                List.of(read(1), close(1), drain(1, MaintenanceMode.DELETE)))
            .afterwards(GO_ON));
  }

  @Test
  void creator_killedAnywhere_leavesTheNameToTheNext() {
    exploreKilling(
        0,
        Scenario.of(2, List.of(), List.of(CREATE, read(0)), List.of(new Create(1, "aaa", "/a")))
            .afterwards(GO_ON));
  }
}
