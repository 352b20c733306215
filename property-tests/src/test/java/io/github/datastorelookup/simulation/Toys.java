package io.github.datastorelookup.simulation;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/** Tiny programs on what threads can share, to test the simulator itself. Good for one run. */
final class Toys {
  /** One step. */
  enum Toy {
    READ_WORD,
    ADD_ONE,
    TAKE_ONE,
    READ_CELL,
    WRITE_CELL,
    READ_PLAIN_LOCKED,
    WRITE_PLAIN_LOCKED,
    READ_MAP,
    PUT_IF_ABSENT
  }

  /** The word of the run that is going on. */
  private static final AtomicReference<Toys> CURRENT = new AtomicReference<>();

  private final MemoryHost host;
  private final Scheduler scheduler;
  private final Sync.Mutex mutex;
  private final Sync.VolatileRef<String> cell;
  private final ConcurrentMap<String, String> map;
  private final Generation generation;
  private String plain = "none";

  Toys(Schedule schedule) {
    scheduler = new Scheduler(schedule, new Trace(false));
    host = new MemoryHost(HeapWord::new, scheduler);
    scheduler.world(state -> state.add(host.state()));
    SimulatedProcess process =
        new SimulatedProcess(host, scheduler, new SlowDisk(scheduler), new PortListener() {});
    CURRENT.set(this);
    Sync sync = process.ports().sync();
    mutex = sync.newMutex("mutex");
    cell = sync.newVolatileRef("cell", "none");
    map = sync.newMap("map");
    try {
      generation = Objects.requireNonNull(process.ports().generations().open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What all threads saw, and what is left; empty if the schedule ended the run. */
  Optional<String> run(List<List<Toy>> threads) {
    List<StringBuilder> saw = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      String name = "T" + i;
      StringBuilder mine = new StringBuilder(name);
      List<Toy> program = threads.get(i);
      saw.add(mine);
      scheduler.thread(
          () -> {
            for (int step = 0; step < program.size(); step++) {
              mine.append(' ').append(step(program.get(step), name + "." + step));
            }
          });
    }
    scheduler.run();
    return scheduler.stopped() ? Optional.empty() : Optional.of(saw + " " + host.state());
  }

  private Object step(Toy toy, String text) {
    return switch (toy) {
      case READ_WORD -> generation.get();
      case ADD_ONE -> generation.increment();
      case TAKE_ONE -> host.generation().getAndAdd(-1);
      case READ_CELL -> String.valueOf(cell.get());
      case WRITE_CELL -> {
        cell.set(text);
        yield "";
      }
      case READ_PLAIN_LOCKED -> locked("");
      case WRITE_PLAIN_LOCKED -> locked(text);
      case READ_MAP -> String.valueOf(map.get("key"));
      case PUT_IF_ABSENT -> String.valueOf(map.putIfAbsent("key", text));
    };
  }

  /** Reads and perhaps writes what only the mutex protects: no access of its own. */
  private String locked(String text) {
    mutex.lock();
    String before = plain;
    plain = text.isEmpty() ? plain : text;
    mutex.unlock();
    return before;
  }

  /** The word in the middle of a run. */
  static long word() {
    return Objects.requireNonNull(CURRENT.get()).host.generation().get();
  }
}
