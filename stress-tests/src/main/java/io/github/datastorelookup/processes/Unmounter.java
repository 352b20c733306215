package io.github.datastorelookup.processes;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.history.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Unmounts a datastore and mounts it again, or another disk in its place. The same call repairs the
 * disk of a process that died in it.
 */
final class Unmounter {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final WorkerContext context;

  Unmounter(WorkerContext context) {
    this.context = context;
  }

  /** Unmounts it unless it stays in use; false if refused. The thread must not hold it. */
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
                .unmount(
                    name,
                    context.process(),
                    TIMEOUT,
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
