package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The datastores of one config file, for all threads of this process: the entry point.
 *
 * <p>Several processes may each have a registry on the same files. In all of them, every lookup
 * that starts after an edit returned sees that edit, and a manual edit is seen at most {@code ttl}
 * after it was complete. A process may have one registry on the same directory.
 *
 * <p>Thread-safe. A lookup takes no lock if the cached config is current and the files are open;
 * any other lookup takes the config lock. Linearization point of a granted READ or WRITE lookup:
 * the addition to the operation word. Every method that waits for a lock gives up with {@link
 * DatastoreException.LockTimeout} after the lock timeout, and with {@link
 * DatastoreException.Interrupted} when the thread is interrupted. Once closed, all methods but
 * {@link #stats}, {@link #refresh} and {@link #close} throw {@link
 * DatastoreException.RegistryClosed}.
 */
public final class DatastoreRegistry implements AutoCloseable {
  private final Protocol protocol;
  private final @Nullable Sync leakWatch;

  private DatastoreRegistry(Ports ports, Builder options) {
    StaticState.initialize();
    this.protocol =
        new Protocol(
            ports, options.warm, Drain.nanos(options.ttl), Drain.nanos(options.lockTimeout));
    this.leakWatch = options.detectLeaks ? ports.sync() : null;
    boolean opened = false;
    try {
      protocol.start(Drain.nanos(options.watch));
      opened = true;
    } finally {
      if (!opened) {
        protocol.close(); // or this process would keep the ledger for ever
      }
    }
  }

  /** A builder with in-memory ports, a TTL of 60 s, a lock timeout of 10 s and a watcher. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Looks a datastore up and registers the operation.
   *
   * @return the handle, which the caller must close
   * @throws DatastoreException.InvalidName when the name is not a safe id
   * @throws DatastoreException.NoSuchDatastore when the config has no such section
   * @throws DatastoreException.DatastoreUnavailable when the maintenance mode refuses the operation
   * @throws DatastoreException.NotMounted when a removable datastore is not mounted
   * @throws DatastoreException.OpenFailed when its files cannot be opened
   * @throws DatastoreException.CloseFailed when an Error interrupted the closing of its files;
   *     until this process ends
   * @throws DatastoreException.DatastoreBusy when its files stayed in use at another path or name
   * @throws DatastoreException.ConfigUnavailable when the config cannot be read
   * @throws DatastoreException.ConfigInvalid when the config does not parse
   * @throws DatastoreException.LedgerUnavailable when the operation cannot be counted
   * @throws DatastoreException.TooManyOperations when the count is at its maximum
   */
  public DatastoreHandle lookup(String name, Operation operation) {
    Objects.requireNonNull(operation, "operation");
    DatastoreHandle handle = protocol.lookup(name, operation);
    return leakWatch == null ? handle : WatchedHandle.of(handle, leakWatch);
  }

  /**
   * The config as a lookup that starts now would see it.
   *
   * @throws DatastoreException.ConfigUnavailable when the config cannot be read
   * @throws DatastoreException.ConfigInvalid when the config does not parse
   */
  public ConfigView config() {
    Snapshot current = protocol().currentConfig();
    return new ConfigView(current.config().sections(), current.digest());
  }

  /** The counters of this registry since it was opened. */
  public Statistics stats() {
    return protocol.statistics();
  }

  /**
   * The operations on this datastore in all live processes, counted one process after the other.
   *
   * @throws DatastoreException.LedgerUnavailable when a ledger cannot be read, so that its process
   *     counts as alive, or when its process uses another generation page
   */
  public ActiveOperations activeOperations(String name) {
    return protocol().activeOperations(Protocol.requireSafe(name));
  }

  /**
   * Creates the directory and {@code .lock} of a new datastore, then adds its section.
   *
   * @throws DatastoreException.EditRefused when the name is taken, or the path overlaps another one
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.OpenFailed when the files cannot be created
   */
  public void create(DatastoreSection section) {
    String unused = Protocol.requireSafe(section.name());
    protocol().create(section);
  }

  /** {@link #update(String, Map, Collection, String)}, whatever the config was before. */
  public void update(String name, Map<String, String> set, Collection<String> delete) {
    update(name, set, delete, null);
  }

  /**
   * Changes properties other than the path, the device and the maintenance mode.
   *
   * @param set properties to set
   * @param delete keys of properties to delete; missing ones are ignored
   * @param expectedDigest digest of the config that the caller saw; null for any
   * @throws DatastoreException.DigestMismatch when the file was changed meanwhile
   * @throws DatastoreException.EditRefused when an update cannot change one of the properties
   */
  public void update(
      String name,
      Map<String, String> set,
      Collection<String> delete,
      @Nullable String expectedDigest) {
    String unused = Protocol.requireSafe(name);
    Map<String, String> toSet = Map.copyOf(set); // no caller's code runs under the config lock
    List<String> toDelete = List.copyOf(delete);
    protocol().save(expectedDigest, config -> ConfigEdits.update(config, name, toSet, toDelete));
  }

  /**
   * Sets the maintenance mode. Running operations continue: {@link #activeOperations} counts them.
   *
   * @throws DatastoreException.EditRefused when the datastore is being deleted
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   */
  public void setMaintenance(String name, MaintenanceMode mode, @Nullable String message) {
    protocol().setMode(Protocol.requireSafe(name), mode, message);
  }

  /** Ends maintenance; otherwise as {@link #setMaintenance}. */
  public void clearMaintenance(String name) {
    setMaintenance(name, MaintenanceMode.NONE, null);
  }

  /**
   * Sets the mode {@code delete}, waits until no live process has the datastore in use, removes its
   * data, and then its section. A caller that holds a handle of it waits for itself.
   *
   * @param removeData runs while no process has a file of the datastore open, and with no lock held
   *     that other datastores need
   * @throws DatastoreException.DatastoreInUse when it is in use for too long; the mode stays
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the mode stays
   * @throws DatastoreException.MaintenanceFailed when {@code removeData} threw; mode and section
   *     stay
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.EditRefused when a manual edit changed the mode meanwhile
   */
  public void destroy(String name, Drain drain, Runnable removeData) {
    protocol()
        .drain(
            Protocol.requireSafe(name),
            MaintenanceMode.DELETE,
            null,
            drain,
            removeData,
            c -> c.without(name));
  }

  /**
   * Sets a maintenance mode, waits until no live process has what the mode refuses, runs the task,
   * and ends the mode. A caller that holds a handle of the datastore waits for itself.
   *
   * @param mode any but {@code NONE}, {@code DELETE} and {@code UNKNOWN}; in {@code OFFLINE} and
   *     {@code UNMOUNT} the task runs while no process has a file of the datastore open
   * @param task runs with no lock held that other datastores need
   * @throws DatastoreException.DatastoreInUse when it is in use for too long; the previous mode is
   *     restored
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the previous mode is
   *     restored
   * @throws DatastoreException.MaintenanceFailed when the task threw; the mode stays
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.EditRefused when the datastore is being deleted, or a manual edit
   *     changed the mode meanwhile
   */
  public void runMaintenance(
      String name, MaintenanceMode mode, @Nullable String message, Drain drain, Runnable task) {
    if (mode == MaintenanceMode.NONE
        || mode == MaintenanceMode.DELETE
        || mode == MaintenanceMode.UNKNOWN) {
      throw new IllegalArgumentException("mode=" + mode + " is none to run maintenance in");
    }
    protocol()
        .drain(
            Protocol.requireSafe(name),
            mode,
            message,
            drain,
            task,
            c -> ConfigEdits.withRawMode(c, name, null));
  }

  /**
   * Sets the mode {@code offline}, waits until no live process has a file of the datastore open,
   * moves its data, and then changes its path and ends the mode in one save.
   *
   * @param path the new path
   * @param moveData moves the data, {@code .lock} included; runs with no lock held that other
   *     datastores need
   * @throws DatastoreException.EditRefused when the path overlaps another datastore's; if that is
   *     found only after the data has moved, the mode stays
   * @throws DatastoreException.MaintenanceFailed when {@code moveData} threw, or left no {@code
   *     .lock} at the new path; mode and old path stay
   * @throws DatastoreException.DatastoreInUse when it is in use for too long; the previous mode is
   *     restored
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the previous mode is
   *     restored
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   */
  public void move(String name, String path, Drain drain, Runnable moveData) {
    protocol()
        .move(Protocol.requireSafe(name), Objects.requireNonNull(path, "path"), drain, moveData);
  }

  /**
   * Does the work of one watcher period: looks for edits, and closes idle files that the config no
   * longer wants open. Waits for the config lock, but for no datastore. Never throws; a step that
   * fails is logged, and a later call retries it.
   */
  public void refresh() {
    protocol().refresh();
  }

  /**
   * Refuses new lookups and edits. Handles stay usable; the last drop of each datastore closes its
   * files, and the last of all deletes this process's ledger. Waits for idle files to be closed,
   * but not for those that hang, also when the thread is interrupted. Closing again does nothing,
   * but completes what an Error interrupted.
   */
  @Override
  public void close() {
    protocol().close();
  }

  /** For what locks, or calls the host's code: an overflow comes before all that. */
  private Protocol protocol() {
    Headroom.requireStack();
    return protocol;
  }

  /** Builds a registry. Not thread-safe. */
  public static final class Builder {
    private @Nullable Ports ports;
    private Duration ttl = Duration.ofSeconds(60);
    private Duration lockTimeout = Duration.ofSeconds(10);
    private Duration watch = Duration.ofSeconds(1);
    private boolean warm = true;
    private boolean detectLeaks;

    private Builder() {}

    /** The ports of the registry; by default those of its own {@link MemoryHost}. */
    public Builder ports(Ports ports) {
      this.ports = Objects.requireNonNull(ports, "ports");
      return this;
    }

    /** How long a manual edit may go unseen; positive. */
    public Builder ttl(Duration ttl) {
      this.ttl = positive("ttl", ttl);
      return this;
    }

    /** How long to wait for any lock; positive. */
    public Builder lockTimeout(Duration lockTimeout) {
      this.lockTimeout = positive("lockTimeout", lockTimeout);
      return this;
    }

    /**
     * Makes every lookup take the config lock and check the files: for comparisons, and for hosts
     * whose next lookup must notice a datastore that another program exchanged.
     */
    public Builder withoutWarmPath() {
      this.warm = false;
      return this;
    }

    /**
     * Reports handles that became garbage without being closed, with the stack of their lookup, and
     * drops them. A warm lookup then costs about 1 us instead of 0.1 us. A handle must stay
     * reachable for as long as its chunk store is used.
     */
    public Builder detectLeaks() {
      this.detectLeaks = true;
      return this;
    }

    /** The period of the watcher; positive. One second by default. */
    public Builder watch(Duration period) {
      this.watch = positive("period", period);
      return this;
    }

    /** Starts no watcher: the caller calls {@link DatastoreRegistry#refresh} itself. */
    public Builder withoutWatcher() {
      this.watch = Duration.ZERO;
      return this;
    }

    /**
     * Opens the registry.
     *
     * @throws DatastoreException.GenerationUnavailable when the generation page exists but is
     *     broken
     * @throws DatastoreException.LedgerUnavailable when this process's ledger cannot be created,
     *     such as when the process has another registry on the same directory
     */
    public DatastoreRegistry open() {
      return new DatastoreRegistry(ports == null ? new MemoryHost().process() : ports, this);
    }

    private static Duration positive(String what, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(what + "=" + value + " is not positive");
      }
      return value;
    }
  }
}
