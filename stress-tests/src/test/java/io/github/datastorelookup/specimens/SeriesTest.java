package io.github.datastorelookup.specimens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.simulation.Explorer;
import io.github.datastorelookup.simulation.PortListener;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SimulatedProcess;
import io.github.datastorelookup.simulation.SlowDisk;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.specimens.MemoryOperationFiles.MemoryDisk;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * When the two versions of the series ask for the generation: before the mutex, or with it taken.
 * Two threads ask for the config while another process saves; then one asks again.
 */
@Tag("runner")
final class SeriesTest {
  private static final int INTERRUPTIONS = 2;
  private static final int MOST_RUNS = 100_000;

  private final AtomicLong states = new AtomicLong();

  /** What the last one got, and how often the file was read for all. */
  private Set<String> outcomes(SpecimenKind kind, BiConsumer<BaseSpecimen, Runnable> locking) {
    Set<String> all = new TreeSet<>();
    Explorer explorer =
        new Explorer(
            schedule -> all.add(outcome(kind, locking, schedule)), INTERRUPTIONS, MOST_RUNS);
    assertTrue(explorer.explore().runs() < MOST_RUNS, "not all were run");
    return all;
  }

  private String outcome(
      SpecimenKind kind, BiConsumer<BaseSpecimen, Runnable> locking, Schedule schedule) {
    MemoryHost host = new MemoryHost();
    host.writeConfig("datastore: aaa\n\tcomment old\n\tpath /a\n".getBytes(UTF_8));
    Scheduler scheduler = new Scheduler(schedule, new Trace(false));
    scheduler.world(state -> state.add(states.incrementAndGet())); // no two are the same
    SimulatedProcess process = start(host, scheduler);
    BaseSpecimen reader = specimen(kind, host, process);
    BaseSpecimen saver = specimen(kind, host, start(host, scheduler));
    for (int i = 0; i < 2; i++) {
      scheduler.thread(() -> locking.accept(reader, reader::atLookup));
    }
    scheduler.thread(() -> saver.save(SeriesTest::edit));
    scheduler.run();
    String last = comment(reader.atLookup().config());
    return last + " after " + process.process().configReads() + " reads";
  }

  private static SimulatedProcess start(MemoryHost host, Scheduler scheduler) {
    return new SimulatedProcess(host, scheduler, new SlowDisk(scheduler), new PortListener() {});
  }

  private static BaseSpecimen specimen(
      SpecimenKind kind, MemoryHost host, SimulatedProcess process) {
    MemoryOperationFiles operations =
        new MemoryOperationFiles(new MemoryDisk(host), process.process(), process.ports());
    return (BaseSpecimen) kind.create(new Surroundings(process.ports(), operations, () -> 0));
  }

  private static DatastoreConfig edit(DatastoreConfig config) {
    return config.with(Objects.requireNonNull(config.find("aaa")).withProperty("comment", "new"));
  }

  private static @Nullable String comment(DatastoreConfig config) {
    return Objects.requireNonNull(config.find("aaa")).property("comment");
  }

  /** As a lookup does. */
  private static void locked(BaseSpecimen specimen, Runnable ask) {
    specimen.exclusively(ask);
  }

  /** As a drop of the reviewed series does, and as no lookup does. */
  private static void unlocked(BaseSpecimen specimen, Runnable ask) {
    ask.run();
  }

  @Test
  void generationBeforeTheMutex_underTheConfigLock_isAsGoodAsAfterIt() {
    Set<String> good = Set.of("new after 1 reads", "new after 2 reads");
    assertEquals(good, outcomes(SpecimenKind.SERIES_V2, SeriesTest::locked));
    assertEquals(good, outcomes(SpecimenKind.SERIES_V2_REVIEWED, SeriesTest::locked));
  }

  /** New text under an old generation: it is read once more, and that is all. */
  @Test
  void generationBeforeTheMutex_withoutTheConfigLock_costsARead() {
    assertEquals(
        Set.of("new after 1 reads", "new after 2 reads", "new after 3 reads"),
        outcomes(SpecimenKind.SERIES_V2, SeriesTest::unlocked));
  }

  /** The order is repaired; but the bump comes after the read: old text under a new generation. */
  @Test
  void generationAfterTheMutexAndABump_withoutTheConfigLock_bringTheOldConfigBack() {
    assertEquals(
        Set.of("new after 1 reads", "new after 2 reads", "old after 1 reads"),
        outcomes(SpecimenKind.SERIES_V2_REVIEWED, SeriesTest::unlocked));
  }
}
