package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A drain of the parent's own, that waits for a reader of the parent's own: it has saved its mode,
 * and saves nothing more until {@link #finish}. Meanwhile there are manual edits and kills.
 */
final class LongDrain {
  private static final String NAME = Installation.DRAINED_LONG;
  private static final int THREAD = 1;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long SECONDS_TO_END = 10;

  private final Site site;
  private final DatastoreRegistry registry;
  private final HistoryLog log;
  private final DatastoreHandle reader;
  private final long readerId;
  private final FutureTask<Boolean> drain = new FutureTask<>(this::drain);
  private final CountDownLatch waits = new CountDownLatch(1);

  private LongDrain(Site site, DatastoreRegistry registry, HistoryLog log) {
    this.site = site;
    this.registry = registry;
    this.log = log;
    this.readerId = log.newId();
    log.write(0, Event.LOOKUP_START, readerId, NAME, Operation.READ);
    this.reader = registry.lookup(NAME, Operation.READ);
    log.write(0, Event.GRANT, readerId, NAME, "READ " + Installation.number(reader.section()));
  }

  /** Returns when the drain waits. */
  static LongDrain begin(Site site, DatastoreRegistry registry, HistoryLog log)
      throws IOException, InterruptedException {
    LongDrain begun = new LongDrain(site, registry, log);
    List<String> open = OpenFiles.below(site, begun.disk().path());
    if (open.isEmpty()) { // or the proof that nothing is open would prove nothing
      throw new AssertionError("this process has " + begun.disk() + " open, but it is not seen");
    }
    Thread thread = new Thread(begun.drain, "long drain");
    thread.setDaemon(true);
    thread.start();
    if (!begun.waits.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
      throw new InvariantViolation("INV-11", "no drain begins within s=" + SECONDS_TO_END);
    }
    return begun;
  }

  private Disk disk() {
    return new Disk(Path.of(reader.section().absolutePath()));
  }

  private boolean drain() {
    long id = log.newId();
    log.write(THREAD, Event.UNMOUNT_START, id, NAME, MaintenanceMode.UNMOUNT.key());
    registry.runMaintenance(
        NAME,
        MaintenanceMode.UNMOUNT,
        History.PARENT,
        Drain.atMost(LONG).onProgress(still -> waits.countDown()),
        () -> new Act(site, log, THREAD).run(id, NAME, disk(), Disk::exchange));
    log.write(THREAD, Event.UNMOUNT_OK, id, NAME, MaintenanceMode.UNMOUNT.key());
    return true;
  }

  /**
   * Drops the reader. Then no operation is left to wait for, even if processes were killed
   * meanwhile.
   */
  void finish() throws InterruptedException, ExecutionException {
    if (drain.isDone()) {
      throw new InvariantViolation("INV-3", "drained, with a reader: drain=" + drain.get());
    }
    log.write(0, Event.DROP_START, readerId, NAME, "");
    reader.close();
    log.write(0, Event.DROPPED, readerId, NAME, "");
    try {
      drain.get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new InvariantViolation(
          "INV-6",
          "nobody has it, but after s="
              + SECONDS_TO_END
              + " it is not drained: "
              + registry.activeOperations(NAME));
    }
  }
}
