package io.github.datastorelookup.simulation;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Seam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tiny programs on what threads can share, to test the simulator itself. Good for one run. */
final class Toys {
  /** One step. */
  enum Toy {
    READ_WORD,
    ADD_ONE,
    TAKE_ONE,
    READ_CELL,
    WRITE_CELL,
    READ_CELL_LOCKED,
    WRITE_CELL_LOCKED,
    READ_MAP,
    PUT_IF_ABSENT
  }

  private static final ThreadLocal<MemoryHost> LAST = new ThreadLocal<>();

  private final MemoryHost host;
  private final Scheduler scheduler;
  private final Seam.Mutex mutex;
  private final Seam.Cell<String> cell;
  private final java.util.concurrent.ConcurrentMap<String, String> map;
  private final Generation generation;
  private String plain = "none";

  Toys(Schedule schedule) {
    scheduler = new Scheduler(schedule, new Trace(false));
    host = new MemoryHost(HeapWord::new, scheduler);
    scheduler.world(state -> state.add(host.state()));
    SimulatedProcess process =
        new SimulatedProcess(host, scheduler, new SlowDisk(scheduler), new Nobody());
    Seam seam = process.ports().seam();
    mutex = seam.newMutex();
    cell = seam.newCell("none");
    map = seam.newMap();
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
}
