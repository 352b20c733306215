package io.github.datastorelookup.specimens;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the four specimens: a lookup under the config lock, counted in a JSON file; a
 * drop without it; saves. They differ in where a lookup and a drop get the config from.
 *
 * <p>Right: a lookup asks the mode and counts under the lock that a save needs, so a count after a
 * save misses no operation. Wrong in all four: P1 to P3, P7 to P9 and P13 to P17; {@link PbsApi}
 * has the flaws that callers add.
 *
 * <p>Order of locks: config lock, mutex of the map, lock of an operation file.
 */
abstract class BaseSpecimen implements Specimen {
  private static final System.Logger LOG = System.getLogger(BaseSpecimen.class.getPackageName());

  final Ports ports;
  final WallClock clock;
  final ConfigSource source;
  final JsonLedger ledger;
  private final PolledLock configLock;
  private final OpenDatastores open;

  BaseSpecimen(Surroundings surroundings) {
    this.ports = surroundings.ports();
    this.clock = surroundings.clock();
    this.source = new ConfigSource(ports);
    this.ledger = new JsonLedger(surroundings.operations(), ports);
    this.configLock = new PolledLock(ports.locks().config(), ports);
    this.open = new OpenDatastores(ports.sync(), ports.chunkStores());
  }

  /** The config for a lookup, with the config lock held. */
  abstract Loaded atLookup();

  /** The config for the last drop of a process, with no lock held. */
  abstract Loaded atDrop();

  /** Whether the last drop of a process closes a datastore that has no section any more. */
  boolean dropClosesWhatIsGone() {
    return false;
  }

  @Override
  public final DatastoreHandle lookup(String name, Operation operation) {
    configLock.acquire();
    try {
      Loaded loaded = atLookup();
      DatastoreSection section = PbsApi.existing(loaded.config(), name);
      requireAdmitted(section, operation);
      return open.locked(() -> grant(section, loaded.version(), operation));
    } finally {
      configLock.release();
    }
  }

  /** With the mutex of the map held. */
  private DatastoreHandle grant(
      DatastoreSection section, @Nullable Object version, Operation operation) {
    if (!mounted(section)) {
      open.removeLocked(section.name()); // P13: its handles keep it, the next lookup opens it again
      throw new SpecimenException("datastore '" + section.name() + "' is not mounted");
    }
    SpecimenInstance instance =
        open.obtain(section, version); // P14: in the map before it is counted
    boolean counted = false;
    try {
      boolean unused = ledger.update(section.name(), operation, 1);
      counted = true;
      return new SpecimenHandle(this, instance, operation);
    } catch (IOException e) {
      throw new SpecimenException("unable to update active operations", e);
    } finally {
      if (!counted) {
        instance.references.release();
      }
    }
  }

  private boolean mounted(DatastoreSection section) {
    String device = section.backingDevice();
    try {
      return device == null
          || ports.mounts().status(device, section.absolutePath()) == MountTable.Status.MOUNTED;
    } catch (IOException e) {
      return false;
    }
  }

  private static void requireAdmitted(DatastoreSection section, Operation operation) {
    MaintenanceMode mode = section.maintenanceMode();
    boolean admitted =
        mode == MaintenanceMode.UNKNOWN // P16: a mistyped mode is no mode
            || switch (operation) {
              case READ -> mode.admitsRead();
              case WRITE -> mode.admitsWrite();
              case LOOKUP -> mode.admitsLookup();
            };
    if (!admitted) {
      throw new SpecimenException(
          "datastore '" + section.name() + "' is unavailable: " + section.refusalMessage());
    }
  }

  /** Drops a handle, but for its reference to the instance. */
  void drop(String name, Operation operation) {
    try {
      if (ledger.update(name, operation, -1)) {
        DatastoreSection section = atDrop().config().find(name);
        if (section == null ? dropClosesWhatIsGone() : section.maintenanceMode().clears()) {
          open.remove(name); // P2: even a newer instance
        }
      }
    } catch (IOException | SpecimenException e) {
      LOG.log(Level.WARNING, "dropping datastore ''{0}'' failed: {1}", name, e.getMessage());
    }
  }

  /** Counts a duplicate; one that cannot be counted is granted all the same (P14). */
  void countDuplicate(String name, Operation operation) {
    try {
      boolean unused = ledger.update(name, operation, 1);
    } catch (IOException | SpecimenException e) {
      LOG.log(Level.WARNING, "datastore ''{0}'' is not counted: {1}", name, e.getMessage());
    }
  }

  @Override
  public final void exclusively(Runnable work) {
    configLock.acquire();
    try {
      work.run();
    } finally {
      configLock.release();
    }
  }

  @Override
  public final DatastoreConfig config() {
    return source.read().config();
  }

  @Override
  public final void saveLocked(UnaryOperator<DatastoreConfig> edit) {
    source.write(edit.apply(config()));
  }

  @Override
  public final ActiveOperations activeOperations(String name) {
    try {
      return ledger.counts(name);
    } catch (IOException e) {
      throw new SpecimenException("unable to read active operations", e);
    }
  }

  @Override
  public final void removeUnused() {
    open.retain(config());
  }
}
