package io.github.datastorelookup.specimens;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Sync;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API of PBS on top of a lookup: it changes modes, tells one process to close what it has open,
 * and removes and unmounts datastores. It has the flaws P4, P5 and P9 to P12.
 */
public final class PbsApi {
  private static final System.Logger LOG = System.getLogger(PbsApi.class.getPackageName());
  private static final long SECOND_NANOS = 1_000_000_000;

  private final Specimen own;
  private final Sync sync;
  private final Supplier<Specimen> proxy;

  /**
   * The API in a process.
   *
   * @param own the lookup of the process
   * @param sync of the process
   * @param proxy the lookup of the one process that hears of a new mode; old proxies, which finish
   *     their tasks, do not (P10)
   */
  public PbsApi(Specimen own, Sync sync, Supplier<Specimen> proxy) {
    this.own = own;
    this.sync = sync;
    this.proxy = proxy;
  }

  /** Sets the mode, and then tells the proxy. */
  public void setMode(String name, MaintenanceMode mode, @Nullable String message) {
    own.setMode(name, mode, message);
    tell(name);
  }

  /**
   * Tells the proxy to close a datastore, and waits for it. The proxy does a LOOKUP and its drop,
   * which first opens what is not open (P12), and which the mode that needs it most refuses (P4).
   */
  private void tell(String name) {
    try {
      proxy.get().lookup(name, Operation.LOOKUP).close();
    } catch (SpecimenException e) {
      LOG.log(Level.WARNING, "the proxy keeps ''{0}'' open: {1}", name, e.getMessage());
    }
  }

  /**
   * Sets the mode {@code delete}, unlocks, counts once; runs the task and removes the section if
   * nothing runs, else refuses.
   */
  public void destroy(String name, Runnable removeData) {
    own.exclusively(
        () -> {
          if (existing(own.config(), name).maintenanceMode() == MaintenanceMode.OFFLINE) {
            tell(name); // P5: the proxy waits for the lock that we hold
          }
          own.saveLocked(config -> withMode(config, name, MaintenanceMode.DELETE, null));
        });
    if (!idle(name)) {
      throw new SpecimenException("datastore is currently in use");
    }
    removeData.run();
    own.save(config -> config.without(name));
  }

  /**
   * Sets the mode, counts each second until nothing runs, and then runs the task and ends the mode
   * with the config lock held.
   */
  public void maintain(String name, MaintenanceMode mode, Runnable task) {
    setMode(name, mode, null);
    while (!idle(name)) {
      try {
        sync.pause(SECOND_NANOS);
      } catch (InterruptedException e) {
        throw new SpecimenException("interrupted", e);
      }
    }
    own.exclusively(
        () -> {
          task.run(); // P11: every lookup of every datastore waits for the task
          own.saveLocked(config -> withMode(config, name, MaintenanceMode.NONE, null));
        });
  }

  private boolean idle(String name) {
    ActiveOperations all = own.activeOperations(name);
    return all.reads() == 0 && all.writes() == 0; // P9: files may be open for a while yet
  }

  static DatastoreConfig withMode(
      DatastoreConfig config, String name, MaintenanceMode mode, @Nullable String message) {
    DatastoreSection section = existing(config, name);
    if (section.maintenanceMode() == MaintenanceMode.DELETE && mode != MaintenanceMode.DELETE) {
      throw new SpecimenException("datastore is being deleted");
    }
    return config.with(section.withMaintenance(mode, message));
  }

  static DatastoreSection existing(DatastoreConfig config, String name) {
    DatastoreSection section = config.find(name);
    if (section == null) {
      throw new SpecimenException("no such datastore '" + name + "'");
    }
    return section;
  }
}
