package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a datastore's mode, makes it or removes it: clauses M1 to M4, and S1's maintenance
 * lock. One at a time for each datastore, over all processes.
 */
final class Decider {
  private static final long POLL_NANOS = 10_000_000;

  private final Protocol protocol;
  private final Ports ports;
  private final Waits waits;
  private final ConcurrentMap<String, CrossProcessLock> maintenanceLocks;

  Decider(Protocol protocol, Ports ports) {
    this.protocol = protocol;
    this.ports = ports;
    this.waits = new Waits(ports.seam());
    this.maintenanceLocks = ports.seam().newMap();
  }

  /** S1: runs with the datastore's maintenance lock, or refuses at once. */
  private void maintaining(String name, Runnable task) {
    CrossProcessLock lock =
        maintenanceLocks.computeIfAbsent(
            name, key -> new CrossProcessLock(ports.locks().maintenance(key), ports));
    if (!lock.tryAcquire(0)) {
      throw new DatastoreException.MaintenanceInProgress(name, lock.path());
    }
    try {
      task.run();
    } finally {
      lock.release();
    }
  }

  /** Sets the mode and returns; operations that run go on. */
  void setMode(String name, MaintenanceMode mode, @Nullable String message) {
    maintaining(
        name, () -> protocol.save(config -> ConfigEdits.maintenance(config, name, mode, message)));
  }

  /** Makes the files before the section is saved, so that no lookup ever has to. */
  void create(DatastoreSection section) {
    maintaining(
        section.name(),
        () -> {
          ConfigEdits.requireRoom(protocol.read(null), section); // before anything is made
          try {
            ports.chunkStores().create(section.absolutePath());
          } catch (IOException e) {
            throw new DatastoreException.OpenFailed(section.name(), section.absolutePath(), e);
          }
          protocol.save(config -> ConfigEdits.create(config, section));
        });
  }

  /** Drains the datastore in {@code delete}, then removes its section; no data is touched. */
  void remove(String name, long timeoutNanos) {
    MaintenanceMode mode = MaintenanceMode.DELETE;
    maintaining( // M1
        name,
        () -> {
          long start = ports.ticker().nanoTime();
          protocol.save(config -> ConfigEdits.maintenance(config, name, mode, null)); // M2
          while (!removeIfDrained(name, mode)) {
            if (ports.ticker().nanoTime() - start >= timeoutNanos) {
              throw new DatastoreException.DatastoreInUse(name, activeOperations(name));
            }
            waits.pause(POLL_NANOS, "datastore '" + name + "' to be idle");
          }
        });
  }

  private boolean removeIfDrained(String name, MaintenanceMode mode) {
    protocol.sweep(); // M2: own idle files too
    return protocol.withConfigLock(
        () -> {
          // M3: a save, after which nobody is warm, and only then the words
          protocol.saveLocked(config -> ConfigEdits.stillIn(config, name, mode));
          boolean drained = protocol.census(name).drained();
          if (drained) {
            protocol.saveLocked(config -> config.without(name)); // M4
          }
          return drained;
        });
  }

  /** The operations of all live processes. */
  ActiveOperations activeOperations(String name) {
    return protocol.withConfigLock(() -> protocol.census(name).operations());
  }
}
