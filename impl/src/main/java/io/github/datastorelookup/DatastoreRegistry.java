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
import java.util.concurrent.Callable;
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
 *
 * <p>Every method checks its arguments before its first effect. It throws {@link
 * NullPointerException} for a null that is not allowed, {@link DatastoreException.InvalidName} for
 * a name that is no safe id, and {@link IllegalArgumentException} for another value that no config
 * can make right; that is an {@link io.github.datastorelookup.config.InvalidPropertyException} if a
 * property cannot have it. Methods that save throw {@link DatastoreException.SaveNotDurable} if the
 * config was replaced but may not survive a power failure.
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

  /**
   * A builder with a TTL of 60 s, a lock timeout of 10 s and a watcher.
   *
   * @param ports what the registry works on, such as {@code PosixPorts.of} the files of a machine
   */
  public static Builder builder(Ports ports) {
    return new Builder(ports);
  }

  /** A builder of a registry in a new, empty {@link MemoryHost} of its own: for tests. */
  public static Builder inMemory() {
    return builder(new MemoryHost().process());
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
    Objects.requireNonNull(name, "name");
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
   * @throws DatastoreException.ConfigInvalid when a value holds a control character
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
   * @throws io.github.datastorelookup.config.InvalidPropertyException when one of them cannot have
   *     that value
   * @throws DatastoreException.ConfigInvalid when a value holds a control character
   */
  public void update(
      String name,
      Map<String, String> set,
      Collection<String> delete,
      @Nullable String expectedDigest) {
    String unused = Protocol.requireSafe(name);
    Map<String, String> toSet = Map.copyOf(set); // no caller's code runs under the config lock
    List<String> toDelete = List.copyOf(delete);
    ConfigEdits.requireUpdate(name, toSet, toDelete);
    protocol().save(expectedDigest, config -> ConfigEdits.update(config, name, toSet, toDelete));
  }

  /**
   * Sets the maintenance mode. Running operations continue: {@link #activeOperations} counts them.
   *
   * @param mode any but {@code UNKNOWN}, which has no written form
   * @param message for those that it refuses, at most 64 characters as written; null for none
   * @throws io.github.datastorelookup.config.InvalidPropertyException when the message is too long
   *     or holds a control character
   * @throws DatastoreException.EditRefused when the datastore is being deleted
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   */
  public void setMaintenance(String name, MaintenanceMode mode, @Nullable String message) {
    protocol().setMode(Protocol.requireSafe(name), Objects.requireNonNull(mode, "mode"), message);
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
   * @throws DatastoreException.MaintenanceFailed when {@code removeData} threw, or what it did
   *     could not be saved; mode and section stay
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.EditRefused when a manual edit changed the mode meanwhile
   * @throws DatastoreException.NotMounted when a removable datastore is not mounted, or that cannot
   *     be told; if that is found only once it is idle, the mode stays
   */
  public void destroy(String name, Drain drain, MaintenanceTask removeData) {
    destroy(name, drain, true, removeData);
  }

  /**
   * {@link #destroy}, for a datastore whose data is gone or shall be left where it is: only its
   * section is removed, and a removable datastore need not be mounted.
   */
  public void destroyWithoutData(String name, Drain drain) {
    destroy(name, drain, false, () -> {});
  }

  private void destroy(String name, Drain drain, boolean needsData, MaintenanceTask removeData) {
    protocol()
        .drain(
            Protocol.requireSafe(name),
            MaintenanceMode.DELETE,
            null,
            Objects.requireNonNull(drain, "drain"),
            needsData,
            Objects.requireNonNull(removeData, "removeData"),
            c -> c.without(name));
  }

  /** As {@link #destroy(String, Drain, MaintenanceTask)}; returns what the task returned. */
  public <T extends @Nullable Object> T destroy(String name, Drain drain, Callable<T> removeData) {
    Returning<T> task = new Returning<>(removeData);
    destroy(name, drain, (MaintenanceTask) task);
    return task.result;
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
   * @throws DatastoreException.MaintenanceFailed when the task threw, or its end could not be
   *     saved; the mode stays
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.EditRefused when the datastore is being deleted, or a manual edit
   *     changed the mode meanwhile
   */
  public void runMaintenance(
      String name,
      MaintenanceMode mode,
      @Nullable String message,
      Drain drain,
      MaintenanceTask task) {
    Objects.requireNonNull(mode, "mode");
    if (mode == MaintenanceMode.NONE
        || mode == MaintenanceMode.DELETE
        || mode == MaintenanceMode.UNKNOWN) {
      throw new IllegalArgumentException("cannot run maintenance in mode=" + mode);
    }
    protocol()
        .drain(
            Protocol.requireSafe(name),
            mode,
            message,
            Objects.requireNonNull(drain, "drain"),
            false,
            Objects.requireNonNull(task, "task"),
            c -> ConfigEdits.withRawMode(c, name, null));
  }

  /**
   * As {@link #runMaintenance(String, MaintenanceMode, String, Drain, MaintenanceTask)}; returns
   * what the task returned.
   */
  public <T extends @Nullable Object> T runMaintenance(
      String name, MaintenanceMode mode, @Nullable String message, Drain drain, Callable<T> task) {
    Returning<T> returning = new Returning<>(task);
    runMaintenance(name, mode, message, drain, (MaintenanceTask) returning);
    return returning.result;
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
   * @throws DatastoreException.OpenFailed when the new path is none on this machine
   * @throws DatastoreException.ConfigInvalid when the new path holds a control character
   * @throws DatastoreException.MaintenanceFailed when {@code moveData} threw, or left no {@code
   *     .lock} at the new path, or what it did could not be saved; mode and old path stay
   * @throws DatastoreException.DatastoreInUse when it is in use for too long; the previous mode is
   *     restored
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the previous mode is
   *     restored
   * @throws DatastoreException.NotMounted when a removable datastore is not mounted, or that cannot
   *     be told
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   */
  public void move(String name, String path, Drain drain, MaintenanceTask moveData) {
    protocol()
        .move(
            Protocol.requireSafe(name),
            Objects.requireNonNull(path, "path"),
            Objects.requireNonNull(drain, "drain"),
            Objects.requireNonNull(moveData, "moveData"));
  }

  /** As {@link #move(String, String, Drain, MaintenanceTask)}; returns what the task returned. */
  public <T extends @Nullable Object> T move(
      String name, String path, Drain drain, Callable<T> moveData) {
    Returning<T> task = new Returning<>(moveData);
    move(name, path, drain, (MaintenanceTask) task);
    return task.result;
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
   *
   * <p>A task that still waits for a datastore to be idle ends in {@code RegistryClosed}. It cannot
   * save any more, so the datastore keeps the task's mode; the log says so, and the exception has a
   * suppressed {@code MaintenanceFailed}. Cancel such tasks first.
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

  /** A task whose value is kept for its caller. */
  private static final class Returning<T extends @Nullable Object> implements MaintenanceTask {
    private final Callable<T> task;

    @SuppressWarnings("NullAway.Init") // read only once the task has returned
    private volatile T result;

    Returning(Callable<T> task) {
      this.task = Objects.requireNonNull(task, "task");
    }

    @Override
    public void run() throws Exception {
      result = task.call();
    }
  }

  /** Builds a registry. Not thread-safe. */
  public static final class Builder {
    private final Ports ports;
    private Duration ttl = Duration.ofSeconds(60);
    private Duration lockTimeout = Duration.ofSeconds(10);
    private Duration watch = Duration.ofSeconds(1);
    private boolean warm = true;
    private boolean detectLeaks;

    private Builder(Ports ports) {
      this.ports = Objects.requireNonNull(ports, "ports");
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
     * drops them; reports no other (API-3). A warm lookup then costs about 1 us instead of 0.1 us.
     * A handle or its {@link DatastoreHandle#chunkStore chunk store} must stay reachable for as
     * long as a lock of it is held.
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
     * @throws DatastoreException.ConfigUnavailable when the directory of the config file is missing
     * @throws DatastoreException.GenerationUnavailable when the generation page exists but is
     *     broken
     * @throws DatastoreException.LedgerUnavailable when this process's ledger cannot be created,
     *     such as when the process has another registry on the same directory
     */
    public DatastoreRegistry open() {
      return new DatastoreRegistry(ports, this);
    }

    private static Duration positive(String what, @Nullable Duration value) {
      Objects.requireNonNull(value, what);
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(what + "=" + value + " is not positive");
      }
      return value;
    }
  }
}
