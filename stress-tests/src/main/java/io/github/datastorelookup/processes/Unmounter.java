package io.github.datastorelookup.processes;

import io.github.datastorelookup.Drain;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Unmounts a datastore and mounts it again, or another one in its place. The same call puts right
 * what somebody left who died in it.
 */
final class Unmounter {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final WorkerContext context;

  Unmounter(WorkerContext context) {
    this.context = context;
  }

  /** Does it, unless it is in use for too long; the thread must not hold it. False if refused. */
  boolean unmount(DatastoreSection section) {
    String name = section.name();
    long id = context.log().newId();
    Disk disk = new Disk(Path.of(section.absolutePath()));
    boolean exchange = context.chance(50);
    return context.run(
        Event.UNMOUNT_START,
        Event.UNMOUNT_OK,
        id,
        name,
        MaintenanceMode.UNMOUNT.key(),
        () ->
            context
                .registry()
                .runMaintenance(
                    name,
                    MaintenanceMode.UNMOUNT,
                    context.process(),
                    Drain.atMost(TIMEOUT),
                    () -> context.act().run(id, name, disk, it -> work(it, exchange))));
  }

  private static void work(Disk disk, boolean exchange) throws IOException {
    disk.repair();
    if (exchange) {
      disk.exchange();
    } else {
      disk.takeAwayAndBack();
    }
  }
}
