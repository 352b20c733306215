package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Sync;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulator itself: what it must notice, and what the dead must not do. */
@Tag("simulation")
class SchedulerTest {
  private static final Random RANDOM = new Random(Seed.current());

  /** One process and a scheduler; each test gives it threads. */
  private static final class World {
    private final Scheduler scheduler;
    private final MemoryHost host;
    private final SimulatedProcess process;
    private final Sync sync;
    private final Generation generation;

    World(Schedule schedule) {
      scheduler = new Scheduler(schedule, new Trace(false));
      host = new MemoryHost(HeapWord::new, scheduler);
      scheduler.world(state -> state.add(host.state()));
      process =
          new SimulatedProcess(host, scheduler, new SlowDisk(scheduler), new PortListener() {});
      sync = process.ports().sync();
      try {
        generation = Objects.requireNonNull(process.ports().generations().open());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Explorer explorer(Function<World, Runnable> test) {
    return new Explorer(
        schedule -> {
          World world = new World(schedule);
          Runnable after = test.apply(world);
          world.scheduler.run();
          if (!world.scheduler.stopped()) {
            after.run();
          }
        },
        Explorer.ALL,
        Integer.MAX_VALUE);
  }

  private static void locks(Sync.Mutex first, Sync.Mutex second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
  }

  @Test
  void mutexes_takenInTwoOrders_areADeadlockInSomeSchedule() {
    Explorer explorer =
        explorer(
            world -> {
              Sync.Mutex one = world.sync.newMutex("one");
              Sync.Mutex two = world.sync.newMutex("two");
              world.scheduler.thread(() -> locks(one, two));
              world.scheduler.thread(() -> locks(two, one));
              return () -> {};
            });
    Stuck stuck = assertThrows(Stuck.class, explorer::explore);
    assertEquals("deadlock: T1 waits; T2 waits; ", stuck.getMessage());
  }

  @Test
  void mutexes_takenInOneOrder_areNone() {
    Explorer.Result result =
        explorer(
                world -> {
                  Sync.Mutex one = world.sync.newMutex("one");
                  Sync.Mutex two = world.sync.newMutex("two");
                  world.scheduler.thread(() -> locks(one, two));
                  world.scheduler.thread(() -> locks(one, two));
                  return () -> {};
                })
            .explore();
    assertEquals(0, result.cutOff());
    assertTrue(result.runs() > 2, result.toString());
  }

  @Test
  void thread_thatWaitsForWhatNobodyDoes_neverComesToAnEnd() {
    World world = new World(Schedule.none());
    world.scheduler.thread(
        () -> {
          while (world.generation.get() == 0) {} // nobody bumps it
        });
    Stuck stuck = assertThrows(Stuck.class, world.scheduler::run);
    assertEquals("the program: no end after 10000 steps", stuck.getMessage());
  }

  /** Whoever is dead repairs nothing: not even in a {@code finally}. */
  @Test
  void killedProcess_hasNoEffect_inFinallyEither() {
    Set<Long> left = new TreeSet<>();
    AtomicLong whenKilled = new AtomicLong();
    explorer(
            world -> {
              whenKilled.set(-1);
              world.scheduler.mayKill(
                  () -> {
                    whenKilled.set(world.host.generation().get());
                    world.process.kill();
                  });
              world.scheduler.thread(() -> bumpsTwice(world.generation));
              return () -> {
                long now = world.host.generation().get();
                assertEquals(whenKilled.get() < 0 ? 2 : whenKilled.get(), now);
                left.add(now);
              };
            })
        .explore();
    assertEquals(Set.of(0L, 1L, 2L), left);
  }

  private static void bumpsTwice(Generation generation) {
    try {
      generation.increment();
    } finally {
      generation.increment();
    }
  }

  /** A lost update of two threads needs one change of priority at one of some ten points. */
  @Test
  void priorities_findALostUpdate_inAHundredRuns() {
    List<Long> lost = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      World world = new World(Schedules.pct(RANDOM, 2, 2, 6));
      Sync.VolatileRef<String> cell = world.sync.newVolatileRef("cell", "");
      for (int thread = 0; thread < 2; thread++) {
        world.scheduler.thread(() -> cell.set(cell.get() + "x"));
      }
      world.scheduler.run();
      lost.add((long) String.valueOf(cell.get()).length());
    }
    assertTrue(lost.contains(1L) && lost.contains(2L), lost.toString());
  }

  @Test
  void threads_haveTheirNamesWhileTheyRun() {
    World world = new World(Schedules.replay(List.of()));
    List<String> names = new ArrayList<>();
    world.scheduler.thread("p0", () -> names.add(Thread.currentThread().getName()));
    world.scheduler.thread(() -> names.add(Thread.currentThread().getName()));
    world.scheduler.run();
    assertEquals(List.of("T1 (p0)", "T2"), names);
  }
}
