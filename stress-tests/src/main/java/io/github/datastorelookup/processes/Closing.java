package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.nio.file.Path;
import java.time.Duration;

/** The parent ends what dead processes left: their modes, and their disks half unplugged. */
record Closing(Site site, DatastoreRegistry registry, HistoryLog log) {
  private static final Drain PATIENT = Drain.atMost(Duration.ofSeconds(20));

  /** Drains each, in any mode; idle processes have most of them open. */
  void endAllMaintenance() {
    for (String name : Installation.MAINTAINED) {
      end(registry.lookup(name, Operation.LOOKUP).section());
    }
  }

  private void end(DatastoreSection section) {
    String name = section.name();
    Disk disk = new Disk(Path.of(section.absolutePath()));
    MaintenanceMode mode = MaintenanceMode.UNMOUNT;
    long id = log.newId();
    log.write(0, Event.UNMOUNT_START, id, name, mode.key());
    registry.runMaintenance(
        name, mode, null, PATIENT, () -> new Act(site, log, 0).run(id, name, disk, Disk::repair));
    log.write(0, Event.UNMOUNT_OK, id, name, mode.key());
  }
}
