package io.github.datastorelookup.simulation;

import static io.github.datastorelookup.simulation.Races.CREATE;
import static io.github.datastorelookup.simulation.Races.close;
import static io.github.datastorelookup.simulation.Races.explore;
import static io.github.datastorelookup.simulation.Races.idleIn;
import static io.github.datastorelookup.simulation.Races.look;
import static io.github.datastorelookup.simulation.Races.read;
import static io.github.datastorelookup.simulation.Races.write;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Count;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Kill;
import io.github.datastorelookup.model.Command.SetMode;
import io.github.datastorelookup.model.Command.Start;
import io.github.datastorelookup.model.Command.Update;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.ExternalEvent.EditComment;
import io.github.datastorelookup.model.ExternalEvent.EditMode;
import io.github.datastorelookup.model.ExternalEvent.Wait;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.oracle.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Edits of several processes, and who sees them when (S1, S2, S3, S4, S5, L1). */
@Tag("exhaustive")
class SaveScenarioTest {
  private static final Command OFFLINE = new SetMode(1, "aaa", MaintenanceMode.OFFLINE);

  private static List<Command> thenByHand(List<Command> some, Command... more) {
    List<Command> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void saves_ofTwoProcesses_areBothKept() {
    explore(
        Scenario.of(
                2,
                idleIn(0, 1),
                List.of(new Update(0, "aaa"), read(0)),
                List.of(OFFLINE, new Create(1, "bbb", "/b"), look(1)))
            .promising("INV-13", new Update(0, "aaa"), "done")
            .promising("INV-13", OFFLINE, "done"));
  }

  /**
   * An editor asks for no lock, so a save may write over its edit; of the file it read, not of it.
   */
  @Test
  void create_withoutAConfig_againstAManualEdit_keepsWhatItRead() {
    explore(
        Scenario.of(
            2,
            List.of(new FileFault.RemoveConfig()),
            List.of(new Create(1, "bbb", "/b")),
            List.of(new ExternalEvent.EditPath("aaa", "/b"))));
  }

  @Test
  void reloadAfterTheTtl_againstASave_isNotTakenForNewer() {
    explore(
        Scenario.of(
            2,
            thenByHand(idleIn(0), new EditComment("aaa"), new Wait(60)),
            List.of(read(0), close(0), read(0), close(0)),
            List.of(OFFLINE, look(1), new Update(1, "aaa"))));
  }

  @Test
  void oneEditByHand_foundByTwoProcesses_isBumpedOnce() {
    explore(
        Scenario.of(
            2,
            thenByHand(idleIn(0, 1), new EditMode("aaa", MaintenanceMode.READ_ONLY), new Wait(60)),
            List.of(read(0), write(0)),
            List.of(read(1), write(1))));
  }

  @Test
  @Tag("kills:drop-stores-what-it-read")
  void save_againstAnEditByHand_isSeenByEverybodyAfterwards() {
    explore(
        Scenario.of(
            2,
            idleIn(0, 1),
            List.of(new Update(0, "aaa"), read(0), close(0)),
            List.of(
                new EditMode("aaa", MaintenanceMode.OFFLINE), new Wait(60), read(1), close(1))));
  }

  /** S4: a process without a counter is never warm, so that nobody has to tell it. */
  @Test
  void lookupWithoutACounter_againstSetModeAndCount_isSeenOrRefused() {
    explore(
        Scenario.of(
            2,
            List.of(CREATE, new Kill(1), new Start(1, false), read(1), close(1)),
            List.of(write(1)),
            List.of(new SetMode(0, "aaa", MaintenanceMode.OFFLINE), new Count(0, "aaa"))));
  }
}
