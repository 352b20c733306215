package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * No process saves; an administrator edits, processes are killed and start again, and a drain
 * waits.
 */
final class QuietPhase {
  /** For threads that are not scheduled at once. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Long enough for each process to load again, and look the edited one up. */
  private static final Duration SEEN = WorkerMain.TTL.plusMillis(300);

  private final Site site;
  private final Workers workers;
  private final DatastoreRegistry registry;
  private final HistoryLog log;
  private final GenerationWatch watch;
  private final Administrator administrator;

  QuietPhase(
      Site site,
      Workers workers,
      DatastoreRegistry registry,
      HistoryLog log,
      GenerationWatch watch) {
    this.site = site;
    this.workers = workers;
    this.registry = registry;
    this.log = log;
    this.watch = watch;
    this.administrator = new Administrator(site, log, watch);
  }

  /** Runs one, and leaves all quiet. */
  void run() throws Exception {
    workers.tellAll(Phase.QUIET);
    workers.awaitAll(Event.QUIET);
    Closing closing = new Closing(site, registry, log);
    closing.endAllMaintenance(); // so that each process may open everything, and then once more
    pass(SEEN);
    closing.endAllMaintenance();
    LongDrain drain = LongDrain.begin(site, registry, log);
    watch.standStill();
    workers.killOneAndRestart(Phase.QUIET);
    administrator.edit(MaintenanceMode.NONE);
    pass(SEEN);
    administrator.edit(MaintenanceMode.OFFLINE);
    awaitClosed();
    workers.killOneAndRestart(Phase.QUIET);
    Administrator.Repair repair = administrator.tear();
    pass(SEEN);
    repair.run();
    workers.awaitAll(Event.QUIET);
    pass(SEEN);
    watch.run();
    Inspection.check(site);
    drain.finish();
  }

  /** How many edits there were. */
  long edits() {
    return administrator.lastNumber();
  }

  private void pass(Duration time) {
    Campaign.letPass(time, workers, watch);
  }

  /**
   * INV-2, INV-5: one TTL after the edit no process is granted anything, those that have something
   * drop it within moments, and within a period the watcher of each process closes the files.
   */
  private void awaitClosed() throws Exception {
    Path path =
        Path.of(
            Objects.requireNonNull(
                    Installation.below(site.data()).find(Installation.EDITED_BY_HAND))
                .absolutePath());
    long begin = System.nanoTime();
    Duration limit = WorkerMain.TTL.plus(WorkerMain.WATCH).plus(SLACK);
    pass(WorkerMain.TTL);
    List<String> open = OpenFiles.below(site, path);
    while (!open.isEmpty()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new InvariantViolation(
            "INV-5", "offline by hand since ms=" + limit.toMillis() + ", but open: " + open);
      }
      pass(Duration.ofMillis(20));
      open = OpenFiles.below(site, path);
    }
  }
}
