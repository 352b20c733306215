package io.github.datastorelookup.specimens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.PortListener;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.SlowDisk;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.specimens.MemoryOperationFiles.Disk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The specimens in the simulator: that it finds the best known of their races. */
@Tag("runner")
final class SpecimenRaceTest {
  private static final AtomicLong RUNS = new AtomicLong();

  /** What came of one schedule. */
  private enum Outcome {
    /** Both writers use one chunk store. */
    ONCE,
    /** P2: each has its own. */
    TWICE,
    /** A writer was refused by a mode that had been cleared before. */
    REFUSED
  }

  /** The last reader drops in offline while the mode is cleared; then two writers come. */
  private static final class Run {
    private final MemoryHost host = new MemoryHost();
    private final Scheduler scheduler;
    private final Specimen specimen;
    private final List<DatastoreHandle> writers = new ArrayList<>();

    Run(SpecimenKind kind, Schedule schedule) {
      host.files().create("/a");
      host.writeConfig("datastore: aaa\n\tpath /a\n".getBytes(UTF_8));
      scheduler = new Scheduler(schedule, new Trace(false));
      scheduler.world(
          state -> state.add(RUNS.incrementAndGet())); // specimens hide state: no two are the same
      SimulatedProcess process =
          new SimulatedProcess(host, scheduler, new SlowDisk(scheduler), new PortListener() {});
      specimen =
          kind.create(
              new Surroundings(
                  process.ports(),
                  new MemoryOperationFiles(new Disk(host), process.process(), process.ports()),
                  () -> 0));
    }

    Outcome outcome() {
      DatastoreHandle reader = specimen.lookup("aaa", Operation.READ);
      specimen.setMode("aaa", MaintenanceMode.OFFLINE, null);
      scheduler.thread(reader::close);
      scheduler.thread(
          () -> {
            specimen.setMode("aaa", MaintenanceMode.NONE, null);
            write();
          });
      scheduler.run();
      write();
      if (writers.size() < 2) {
        return Outcome.REFUSED;
      }
      return host.files().open().size() == 1 ? Outcome.ONCE : Outcome.TWICE;
    }

    private void write() {
      try {
        writers.add(specimen.lookup("aaa", Operation.WRITE));
      } catch (SpecimenException e) {
        scheduler.note(Kind.NOTE, String.valueOf(e.getMessage()), null);
      }
    }
  }

  /** What may come of all schedules that interrupt somebody once. */
  private static Set<Outcome> outcomes(SpecimenKind kind) {
    Outcome undisturbed = new Run(kind, Schedule.none()).outcome();
    assertEquals(Outcome.ONCE, undisturbed, "nobody is interrupted");
    Set<Outcome> found = EnumSet.noneOf(Outcome.class);
    new Explorer(schedule -> found.add(new Run(kind, schedule).outcome()), 1, Integer.MAX_VALUE)
        .explore();
    return found;
  }

  @Test
  void lastDropInOffline_againstClearAndLookup_opensTheFilesTwice() {
    Set<Outcome> expected = EnumSet.of(Outcome.ONCE, Outcome.TWICE);
    assertEquals(expected, outcomes(SpecimenKind.BEFORE_6049));
    assertEquals(expected, outcomes(SpecimenKind.SERIES_V2));
    assertEquals(expected, outcomes(SpecimenKind.PBS_4_2_3));
  }

  /** Its drop stores what it read before the save under the generation of after. */
  @Test
  void dropThatStores_againstClearAndLookup_bringsTheOldModeBack() {
    assertEquals(EnumSet.allOf(Outcome.class), outcomes(SpecimenKind.SERIES_V2_REVIEWED));
  }
}
