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
 * The datastores of one config file, for all threads of this process: the entry point. Thread-safe.
 *
 * <p>Several processes may each open a registry on the same files. A process opens at most one
 * registry on the same directory. In all of these processes, a lookup that starts after an edit
 * returned sees that edit. A lookup sees a manual edit at most {@code ttl} after it is complete.
 *
 * <p>Linearization point of a granted READ or WRITE lookup: the addition to the operation word. A
 * lookup takes no lock if the cached config is current and the files are open, except for a
 * removable datastore. Any other lookup takes the config lock.
 *
 * <p>A method that waits for a lock throws {@link DatastoreException.LockTimeout} after the lock
 * timeout, and {@link DatastoreException.Interrupted} when the thread is interrupted.
 *
 * <p>A method checks its arguments before its first effect. It throws {@link NullPointerException}
 * for a null that is not allowed. It throws {@link DatastoreException.InvalidName} for a name that
 * is not a safe id. It throws {@link IllegalArgumentException} for any other value that no config
 * could make valid; for the value of a property this is an {@link
 * io.github.datastorelookup.config.InvalidPropertyException}.
 *
 * <p>A method that saves throws {@link DatastoreException.SaveNotDurable} if the config was
 * replaced but may not survive a power failure. After {@link #close}, all methods except {@link
 * #stats}, {@link #refresh} and {@link #close} throw {@link DatastoreException.RegistryClosed}.
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
   * @param ports access to files, locks, time and threads, such as {@code PosixPorts.of(...)}
   */
  public static Builder builder(Ports ports) {
    return new Builder(ports);
  }

  /** A builder of a registry in a new, empty {@link MemoryHost} of its own: for tests. */
  public static Builder inMemory() {
    return builder(new MemoryHost().process());
  }

  /**
   * Looks up a datastore, and counts a READ or WRITE operation.
   *
   * <p>The operation is counted, and its files are open, from before this call returns until the
   * caller closes the handle. A refused lookup leaves no count.
   *
   * @return the handle, which the caller must close
   * @throws DatastoreException.InvalidName when the name is not a safe id
   * @throws DatastoreException.NoSuchDatastore when the config has no such section
   * @throws DatastoreException.DatastoreUnavailable when the maintenance mode refuses the operation
   * @throws DatastoreException.NotMounted when a removable datastore is not mounted
   * @throws DatastoreException.OpenFailed when its files cannot be opened
   * @throws DatastoreException.CloseFailed when an Error interrupted the closing of its files; this
   *     process refuses every later READ and WRITE as well
   * @throws DatastoreException.DatastoreBusy when its files stayed in use at another path or under
   *     another name for the lock timeout
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
   * The config that a lookup starting now would use.
   *
   * @throws DatastoreException.ConfigUnavailable when the config cannot be read
   * @throws DatastoreException.ConfigInvalid when the config does not parse
   */
  public ConfigView config() {
    Snapshot current = protocol().currentConfig();
    return new ConfigView(current.config().sections(), current.digest());
  }

  /** The counters of this registry since it was opened. Takes no lock. */
  public Statistics stats() {
    return protocol.statistics();
  }

  /**
   * The running operations on this datastore in all live processes.
   *
   * <p>Not one moment: the words of the processes are read one after the other, with the config
   * lock held.
   *
   * @throws DatastoreException.LedgerUnavailable when the ledger of a process cannot be read and
   *     the process may be alive, or when the process uses another generation page
   */
  public ActiveOperations activeOperations(String name) {
    return protocol().activeOperations(Protocol.requireSafe(name));
  }

  /**
   * Creates the directory and {@code .lock} of a new datastore, then adds its section.
   *
   * <p>A refused call adds no section. Files that it created stay, and a later call uses them.
   *
   * @throws DatastoreException.EditRefused when the name is taken, the path overlaps that of
   *     another datastore, or another datastore has the same {@code .lock}
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.OpenFailed when the files cannot be created
   * @throws DatastoreException.ConfigInvalid when a value holds a control character
   */
  public void create(DatastoreSection section) {
    String unused = Protocol.requireSafe(section.name());
    protocol().create(section);
  }

  /** As {@link #update(String, Map, Collection, String)}, with no expected digest. */
  public void update(String name, Map<String, String> set, Collection<String> delete) {
    update(name, set, delete, null);
  }

  /**
   * Sets and deletes properties of a datastore in one save.
   *
   * <p>The comparison of the digest and the save are one step under the config lock.
   *
   * @param set properties to set, other than the path, the device and the maintenance mode
   * @param delete keys of properties to delete; missing ones are ignored
   * @param expectedDigest digest of the config that the caller saw; null for any
   * @throws DatastoreException.DigestMismatch when the file has another digest
   * @throws DatastoreException.EditRefused when an update cannot change one of the properties
   * @throws io.github.datastorelookup.config.InvalidPropertyException when a value breaks the rule
   *     of its property
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
   * <p>Holds the datastore's maintenance lock meanwhile, and does not wait for it.
   *
   * @param mode any except {@code UNKNOWN}, which has no written form
   * @param message for refused callers, at most 64 characters as written; null for none
   * @throws io.github.datastorelookup.config.InvalidPropertyException when the message is too long
   *     or holds a control character
   * @throws DatastoreException.EditRefused when the datastore is being deleted
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   */
  public void setMaintenance(String name, MaintenanceMode mode, @Nullable String message) {
    protocol().setMode(Protocol.requireSafe(name), Objects.requireNonNull(mode, "mode"), message);
  }

  /** As {@link #setMaintenance} with {@code NONE}: ends the maintenance mode. */
  public void clearMaintenance(String name) {
    setMaintenance(name, MaintenanceMode.NONE, null);
  }

  /**
   * Sets the mode {@code delete}, waits until no live process has the datastore in use, removes its
   * data, and then its section.
   *
   * <p>This thread holds the datastore's maintenance lock for the whole call. If the caller itself
   * holds a READ or WRITE handle to the datastore, the call can only time out.
   *
   * @param removeData runs on this thread while no process has a file of the datastore open, with
   *     no lock held except the maintenance lock
   * @throws DatastoreException.DatastoreInUse when it is in use for longer than the timeout; the
   *     mode stays
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the mode stays
   * @throws DatastoreException.MaintenanceFailed when {@code removeData} threw, or when removing
   *     the section afterwards could not be saved; mode and section stay
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.EditRefused when a manual edit changed the mode meanwhile, or
   *     another datastore has the same {@code .lock}
   * @throws DatastoreException.NotMounted when a removable datastore is not mounted, or when that
   *     cannot be determined; when this is found after the mode was set, the mode stays
   */
  public void destroy(String name, Drain drain, MaintenanceTask removeData) {
    destroy(name, drain, true, removeData);
  }

  /**
   * As {@link #destroy}, without data: only the section is removed, and a removable datastore need
   * not be mounted. For a datastore whose data is gone or must stay.
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
   * Sets a maintenance mode, waits until no live process runs an operation that the mode refuses,
   * runs the task, and ends the mode.
   *
   * <p>This thread holds the datastore's maintenance lock for the whole call. If the caller itself
   * holds a handle whose operation the mode refuses, the call can only time out.
   *
   * @param mode any except {@code NONE}, {@code DELETE} and {@code UNKNOWN}; in {@code OFFLINE} and
   *     {@code UNMOUNT} the task runs while no process has a file of the datastore open
   * @param message for refused callers, at most 64 characters as written; null for none
   * @param task runs on this thread, with no lock held except the maintenance lock
   * @throws DatastoreException.DatastoreInUse when it is in use for longer than the timeout; the
   *     previous mode is restored
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the previous mode is
   *     restored
   * @throws DatastoreException.MaintenanceFailed when the task threw, or when ending the mode could
   *     not be saved; the mode stays
   * @throws DatastoreException.MaintenanceInProgress when another task holds its maintenance lock
   * @throws DatastoreException.EditRefused when the datastore is being deleted, when a manual edit
   *     changed the mode meanwhile, or when another datastore has the same {@code .lock}
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
   * <p>This thread holds the datastore's maintenance lock for the whole call. If the caller itself
   * holds a READ or WRITE handle to the datastore, the call can only time out.
   *
   * @param path the new path
   * @param moveData moves the data, {@code .lock} included; runs on this thread, with no lock held
   *     except the maintenance lock
   * @throws DatastoreException.EditRefused when the datastore is being deleted, when the path
   *     overlaps that of another datastore, when another datastore has the same {@code .lock}, or
   *     when a manual edit changed the mode meanwhile. An overlap found after the data has moved
   *     leaves the mode
   * @throws DatastoreException.OpenFailed when the new path is not a path on this machine
   * @throws DatastoreException.ConfigInvalid when the new path holds a control character
   * @throws DatastoreException.MaintenanceFailed when {@code moveData} threw, when it left no
   *     {@code .lock} or that of another datastore at the new path, or when the new path could not
   *     be saved; mode and old path stay
   * @throws DatastoreException.DatastoreInUse when it is in use for longer than the timeout; the
   *     previous mode is restored
   * @throws DatastoreException.DrainCancelled when the drain was cancelled; the previous mode is
   *     restored
   * @throws DatastoreException.NotMounted when a removable datastore is not mounted, or when that
   *     cannot be determined
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
   * Does the work of one watcher period: loads a changed config, and closes idle files that the
   * config no longer wants open.
   *
   * <p>Waits for the config lock. Waits at most 0.1 s for the closing of each datastore's files.
   *
   * <p>Throws no {@link DatastoreException}: a step that fails is logged, and a later call retries
   * it.
   */
  public void refresh() {
    protocol().refresh();
  }

  /**
   * Refuses new lookups and edits from now on. Handles stay usable: the last drop of each datastore
   * closes its files, and the last drop of all deletes this process's ledger.
   *
   * <p>Waits at most 0.1 s for the closing of each idle datastore's files, also when the thread is
   * interrupted.
   *
   * <p>Cancel waiting maintenance tasks first. A task that still waits for a datastore to be idle
   * ends in {@code RegistryClosed}. It cannot save any more, so the datastore keeps the task's
   * mode: the log says so, and the exception has a suppressed {@code MaintenanceFailed}.
   *
   * <p>Closing again does nothing, except that it completes a close that an Error interrupted.
   */
  @Override
  public void close() {
    protocol().close();
  }

  /**
   * For calls that lock or run the host's code: a stack overflow comes before their first effect.
   */
  private Protocol protocol() {
    Headroom.requireStack();
    return protocol;
  }

  /** A task that keeps its result for the caller. */
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

    /** The longest time that a manual edit may go unseen; positive. 60 s by default. */
    public Builder ttl(Duration ttl) {
      this.ttl = positive("ttl", ttl);
      return this;
    }

    /** The longest wait for a lock; positive. 10 s by default. */
    public Builder lockTimeout(Duration lockTimeout) {
      this.lockTimeout = positive("lockTimeout", lockTimeout);
      return this;
    }

    /**
     * Makes every lookup take the config lock and check the files. For comparisons, and for hosts
     * whose next lookup must notice that another program replaced a datastore.
     */
    public Builder withoutWarmPath() {
      this.warm = false;
      return this;
    }

    /**
     * Logs and drops each handle that became garbage without being closed, with the stack of its
     * lookup. Reports no closed handle (API-3).
     *
     * <p>While a caller holds a lock of a datastore, it must keep the handle or its {@link
     * DatastoreHandle#chunkStore chunk store} reachable. A warm lookup takes about 1 us instead of
     * 0.1 us.
     */
    public Builder detectLeaks() {
      this.detectLeaks = true;
      return this;
    }

    /** The period of the watcher; positive. 1 s by default. */
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
     *     for example because the process has another registry on the same directory
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
