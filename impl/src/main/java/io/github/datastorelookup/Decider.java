package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a datastore's mode, makes it or removes it: clauses M1 to M4, and S1's maintenance
 * lock. One at a time for each datastore, over all processes.
 */
final class Decider {
  private static final System.Logger LOG = System.getLogger(Decider.class.getPackageName());
  private static final long POLL_NANOS = 10_000_000;

  private final Protocol protocol;
  private final Ports ports;
  private final Waits waits;
  private final ConcurrentMap<String, CrossProcessLock> maintenanceLocks;

  Decider(Protocol protocol, Ports ports) {
    this.protocol = protocol;
    this.ports = ports;
    this.waits = new Waits(ports.sync());
    this.maintenanceLocks = ports.sync().newMap();
  }

  /** S1: runs with the datastore's maintenance lock, or refuses at once. */
  private void maintaining(String name, Runnable task) {
    protocol.requireOpen();
    CrossProcessLock lock =
        maintenanceLocks.computeIfAbsent(
            name, key -> new CrossProcessLock(ports.locks().maintenance(key), ports, waited -> {}));
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
    ConfigEdits.requireExisting(protocol.readConfig(), name); // no lock files for any name
    maintaining(
        name, () -> protocol.save(config -> ConfigEdits.maintenance(config, name, mode, message)));
  }

  /** Makes the files before the section is saved, so that no lookup ever has to. */
  void create(DatastoreSection section) {
    maintaining(
        section.name(),
        () -> {
          protocol.requireCounter(); // all of it before anything is made
          ConfigEdits.requireRoom(protocol.readConfig(), section);
          protocol.requireMounted(section); // never .lock on a bare mount point
          try {
            ports.chunkStores().create(section.absolutePath());
          } catch (IOException e) {
            throw new DatastoreException.OpenFailed(section.name(), section.absolutePath(), e);
          }
          protocol.save(config -> ConfigEdits.create(config, section));
        });
  }

  /**
   * Sets the mode, waits until nobody has what it refuses, acts, and edits the section in the end.
   *
   * @param action runs with the maintenance lock held, and no other
   * @param afterwards the last edit, if the mode is still ours
   */
  void run(
      String name,
      MaintenanceMode mode,
      @Nullable String message,
      Drain drain,
      Runnable action,
      UnaryOperator<DatastoreConfig> afterwards) {
    ConfigEdits.requireExisting(protocol.readConfig(), name); // no lock files for any name
    maintaining( // M1
        name,
        () -> {
          VolatileRef<String> before = ports.sync().newVolatileRef(null);
          protocol.save( // M2
              config -> {
                DatastoreConfig edited = ConfigEdits.maintenance(config, name, mode, message);
                before.set(ConfigEdits.rawMode(config, name));
                return edited;
              });
          LOG.log(Level.INFO, "datastore ''{0}'' is being drained: mode={1}", name, mode.key());
          boolean drained = false;
          try {
            await(name, mode, drain);
            drained = true;
          } finally {
            if (!drained && mode != MaintenanceMode.DELETE) {
              giveBack(name, mode, before.get());
            }
          }
          try {
            action.run();
          } catch (RuntimeException e) { // M4: a failed action leaves the mode, and says so
            throw new DatastoreException.MaintenanceFailed(name, mode.key(), e);
          }
          finish(config -> afterwards.apply(ConfigEdits.stillIn(config, name, mode))); // M4
          LOG.log(Level.INFO, "datastore ''{0}'' is done with mode={1}", name, mode.key());
        });
  }

  /** M4: as {@link #run} in mode offline; the section's path changes when its data has moved. */
  void move(String name, String path, Drain drain, Runnable moveData) {
    DatastoreSection moved = ConfigEdits.moved(protocol.readConfig(), name, path);
    run(
        name,
        MaintenanceMode.OFFLINE,
        "moving",
        drain,
        () -> {
          moveData.run();
          requireLockFile(moved.absolutePath());
        },
        config -> config.with(ConfigEdits.moved(config, name, path)));
  }

  private void requireLockFile(String path) {
    try {
      FileIdentity unused = ports.chunkStores().identify(path);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing was moved to path=" + path, e);
    }
  }

  /** M2, M3. Saves only when it is drained: polling must not make everybody load. */
  private void await(String name, MaintenanceMode mode, Drain drain) {
    long start = ports.ticker().nanoTime();
    ActiveOperations told = null;
    while (true) {
      protocol.sweep(name); // own idle files too
      Census census = protocol.withConfigLock(() -> protocol.census(name));
      if (census.drained(mode) && drainedAfterSave(name, mode)) {
        return;
      }
      if (!census.operations().equals(told)) {
        told = census.operations();
        drain.progress().accept(told);
      }
      if (drain.cancelled().getAsBoolean()) {
        throw new DatastoreException.DrainCancelled(name, census.operations());
      }
      if (ports.ticker().nanoTime() - start >= drain.timeoutNanos()) {
        throw new DatastoreException.DatastoreInUse(name, census.operations());
      }
      waits.pause(POLL_NANOS, "datastore '" + name + "' to be idle");
    }
  }

  /** M3: a save, after which nobody is warm by an older config, and only then the words. */
  private boolean drainedAfterSave(String name, MaintenanceMode mode) {
    return protocol.withConfigLock(
        () -> {
          protocol.saveLocked(config -> ConfigEdits.stillIn(config, name, mode));
          return protocol.census(name).drained(mode);
        });
  }

  /** M4: not drained in time; the mode of before comes back, if ours is still there. */
  private void giveBack(String name, MaintenanceMode mode, @Nullable String before) {
    try {
      finish(
          config -> ConfigEdits.withRawMode(ConfigEdits.stillIn(config, name, mode), name, before));
    } catch (DatastoreException e) {
      LOG.log(Level.WARNING, "datastore ''{0}'' stays in maintenance: {1}", name, e.getMessage());
    }
  }

  /** M4: what was done, or given up, is written down in spite of interrupts. */
  private void finish(UnaryOperator<DatastoreConfig> edit) {
    ports.sync().uninterrupted(() -> protocol.save(edit));
  }

  /** The operations of all live processes. */
  ActiveOperations activeOperations(String name) {
    return protocol.withConfigLock(() -> protocol.census(name).operations());
  }
}
