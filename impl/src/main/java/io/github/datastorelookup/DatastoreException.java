package io.github.datastorelookup;

import static java.util.stream.Collectors.joining;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.ConfigWriteException;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Reasons;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of the registry; each kind has its own nested class. A refused call counts, opens,
 * changes and loses nothing, unless the class says otherwise. Immutable.
 */
@SuppressWarnings("serial") // what is sent elsewhere is the message; ids as the compiler makes them
public abstract class DatastoreException extends RuntimeException {
  private static final int LONGEST_MESSAGE = 900;

  private final @Nullable String datastore;
  private final @Nullable String file;

  private DatastoreException(
      @Nullable String datastore,
      @Nullable String file,
      String message,
      @Nullable Throwable cause) {
    super(shortened(Reasons.printable(message)), cause);
    this.datastore = datastore;
    this.file =
        file == null && cause instanceof FileSystemException failed ? failed.getFile() : file;
  }

  private DatastoreException(String message, @Nullable Throwable cause) {
    this(null, null, message, cause);
  }

  /** The name of the datastore, as the caller gave it; null when no single one is concerned. */
  public final @Nullable String datastore() {
    return datastore;
  }

  /** The path of the file or directory concerned; null when there is none. */
  public final @Nullable String file() {
    return file;
  }

  /**
   * Whether a retry may succeed: only other operations blocked the call, and they end by
   * themselves. Any other refusal lasts until an administrator, the caller or another program
   * changes something (API-5).
   */
  public final boolean isTransient() {
    return this instanceof DatastoreBusy
        || this instanceof DatastoreInUse
        || this instanceof LockTimeout
        || this instanceof MaintenanceInProgress
        || this instanceof TooManyOperations;
  }

  /** Names, paths and values may be long: keeps the start and the end, which has the cause. */
  private static String shortened(String message) {
    int length = message.length();
    return length <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE / 2)
            + " ... "
            + message.substring(length - LONGEST_MESSAGE / 3);
  }

  private static String counted(ActiveOperations all) {
    return "reads=" + all.reads() + " writes=" + all.writes();
  }

  private static String heldBy(Set<Long> pids) {
    return pids.isEmpty()
        ? ""
        : new TreeSet<>(pids)
            .stream().map(String::valueOf).collect(joining(", ", " (held by pid ", ")"));
  }

  /** The name is not a safe id, so it never becomes part of a file name. */
  public static final class InvalidName extends DatastoreException {
    InvalidName(String name) {
      super(
          name,
          null,
          "datastore name='"
              + name
              + "' must be 3-32 characters from [A-Za-z0-9_.-] and not start with '.' or '-'",
          null);
    }
  }

  /** The config has no section of this name. */
  public static final class NoSuchDatastore extends DatastoreException {
    NoSuchDatastore(String name) {
      super(name, null, "no such datastore '" + name + "'", null);
    }
  }

  /** The maintenance mode refuses the operation. */
  public static final class DatastoreUnavailable extends DatastoreException {
    private final MaintenanceMode mode;

    DatastoreUnavailable(DatastoreSection section) {
      super(
          section.name(),
          null,
          "datastore '" + section.name() + "' is unavailable: " + section.refusalMessage(),
          null);
      this.mode = section.maintenanceMode();
    }

    /** The mode that refuses. */
    public MaintenanceMode mode() {
      return mode;
    }
  }

  /** The datastore is removable and its device is not mounted, or its state is unknown. */
  public static final class NotMounted extends DatastoreException {
    NotMounted(DatastoreSection section) {
      this(section, null, "datastore '" + section.name() + "' is not mounted" + at(section));
    }

    NotMounted(DatastoreSection section, @Nullable IOException cause) {
      this(
          section,
          cause,
          "cannot determine whether datastore '"
              + section.name()
              + "' is mounted"
              + at(section)
              + (cause == null ? "" : ": " + Reasons.of(cause)));
    }

    private NotMounted(DatastoreSection section, @Nullable IOException cause, String message) {
      super(section.name(), section.absolutePath(), message, cause);
    }

    private static String at(DatastoreSection section) {
      return ": backing-device=" + section.backingDevice() + " path=" + section.absolutePath();
    }
  }

  /** Other operations kept the files of this datastore busy for the whole lock timeout. */
  public static final class DatastoreBusy extends DatastoreException {
    DatastoreBusy(String name) {
      super(
          name,
          null,
          "datastore '" + name + "' is busy: its files are in use at another path or name",
          null);
    }
  }

  /**
   * Operations or open files outlasted the timeout of a drain. The previous mode is restored, but
   * {@code delete} stays.
   */
  public static final class DatastoreInUse extends DatastoreException {
    private final ActiveOperations operations;

    DatastoreInUse(String name, ActiveOperations all) {
      super(name, null, "datastore '" + name + "' is currently in use: " + counted(all), null);
      this.operations = all;
    }

    /** The operations at the last count; zero if only files were still open. */
    public ActiveOperations operations() {
      return operations;
    }
  }

  /** The caller cancelled a drain. The previous mode is restored, but {@code delete} stays. */
  public static final class DrainCancelled extends DatastoreException {
    private final ActiveOperations operations;

    DrainCancelled(String name, ActiveOperations all) {
      super(name, null, "drain of datastore '" + name + "' was cancelled: " + counted(all), null);
      this.operations = all;
    }

    /** The operations at the last count; zero if only files were still open. */
    public ActiveOperations operations() {
      return operations;
    }
  }

  /**
   * The maintenance task failed, or it succeeded and the save after it failed; the cause is then a
   * {@code DatastoreException}. The mode stays until an administrator ends it.
   */
  public static final class MaintenanceFailed extends DatastoreException {
    private final MaintenanceMode mode;

    MaintenanceFailed(String name, MaintenanceMode mode, Throwable cause) {
      super(
          name,
          null,
          "maintenance of datastore '" + name + "' failed, mode=" + mode.key() + " stays: " + cause,
          cause);
      this.mode = mode;
    }

    /** The mode that stays. */
    public MaintenanceMode mode() {
      return mode;
    }
  }

  /** Another task holds the datastore's maintenance lock. */
  public static final class MaintenanceInProgress extends DatastoreException {
    private final Set<Long> holders;

    MaintenanceInProgress(String name, String lockFile, Set<Long> holders) {
      super(
          name,
          lockFile,
          "datastore '"
              + name
              + "' is being maintained by another task: lock="
              + lockFile
              + heldBy(holders),
          null);
      this.holders = Set.copyOf(holders);
    }

    /** The pids of the processes that hold the lock, possibly this one; empty when unknown. */
    public Set<Long> holders() {
      return holders;
    }
  }

  /** The edit contradicts the current config. */
  public static final class EditRefused extends DatastoreException {
    EditRefused(String name, String message) {
      super(name, null, message, null);
    }
  }

  /** The config is not the one that the edit was based on; read it again. */
  public static final class DigestMismatch extends DatastoreException {
    private final String found;

    DigestMismatch(String file, String expected, String found) {
      super(
          null,
          file,
          "config file="
              + file
              + " was changed meanwhile: expected="
              + expected
              + " found="
              + found,
          null);
      this.found = found;
    }

    /** The digest of the file when it was read. */
    public String found() {
      return found;
    }
  }

  /** There is no generation counter: other processes would not notice a save. */
  public static final class GenerationUnavailable extends DatastoreException {
    GenerationUnavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The config file cannot be read or replaced. */
  public static final class ConfigUnavailable extends DatastoreException {
    ConfigUnavailable(String file, String why, @Nullable Throwable cause) {
      super(null, file, "config file=" + file + " is unavailable: " + why, cause);
    }
  }

  /**
   * The config was saved, or may have been, but the save may not survive a power failure. Not a
   * refusal: every process uses the file as it is now. A later save that succeeds makes it durable.
   * A drain that ends with this exception has run its task if its mode is gone.
   */
  public static final class SaveNotDurable extends DatastoreException {
    private final boolean applied;

    SaveNotDurable(String file, boolean applied, Throwable cause) {
      super(
          null,
          file,
          "config file="
              + file
              + (applied
                  ? " was saved, but may not survive a power failure: "
                  : " may have been saved (it cannot be read back) and may not survive a power"
                      + " failure: ")
              + Reasons.of(cause),
          cause);
      this.applied = applied;
    }

    /** True when the file was read back and holds the saved config; false when that is unknown. */
    public boolean applied() {
      return applied;
    }
  }

  /** The config file does not parse, or cannot be written as it is now. */
  public static final class ConfigInvalid extends DatastoreException {
    private final int line;

    ConfigInvalid(ConfigParseException e) {
      super(null, e.file(), String.valueOf(e.getMessage()), e);
      this.line = e.line();
    }

    ConfigInvalid(String file, ConfigWriteException e) {
      super(null, file, "writing \"" + file + "\" failed: " + e.getMessage(), e);
      this.line = 0;
    }

    /** The line of the fault, from 1; 0 when the config could not be written. */
    public int line() {
      return line;
    }
  }

  /** A lock was not acquired in time. */
  public static final class LockTimeout extends DatastoreException {
    private final Set<Long> holders;

    private LockTimeout(
        @Nullable String datastore,
        @Nullable String file,
        String lock,
        long nanos,
        Set<Long> held) {
      super(
          datastore,
          file,
          "could not acquire " + lock + " within " + nanos / 1_000_000 + " ms" + heldBy(held),
          null);
      this.holders = Set.copyOf(held);
    }

    /** For a lock file that other holders kept for the whole timeout. */
    static LockTimeout ofFile(String lock, long nanos, Set<Long> holders) {
      return new LockTimeout(null, lock, "lock=" + lock, nanos, holders);
    }

    /** For the mutex of a datastore that other threads kept for the whole timeout. */
    static LockTimeout ofDatastore(String name, long nanos) {
      return new LockTimeout(name, null, "the mutex of datastore '" + name + "'", nanos, Set.of());
    }

    /** The pids of the processes that hold the lock, possibly this one; empty when unknown. */
    public Set<Long> holders() {
      return holders;
    }
  }

  /** A lock file cannot be opened or locked, or the lock was lost. */
  public static final class LockUnavailable extends DatastoreException {
    LockUnavailable(String lock, Throwable cause) {
      super(null, lock, "lock=" + lock + " is unavailable: " + Reasons.of(cause), cause);
    }
  }

  /** The chunk store cannot be opened. */
  public static final class OpenFailed extends DatastoreException {
    OpenFailed(String name, String path, Throwable cause) {
      super(
          name,
          path,
          "datastore '" + name + "' cannot be opened: path=" + path + ": " + Reasons.of(cause),
          cause);
    }
  }

  /**
   * An Error, such as out of memory, interrupted the closing of this datastore's files, which may
   * stay open. Until this process ends, it refuses the datastore, and other processes count it as
   * closing.
   */
  public static final class CloseFailed extends DatastoreException {
    CloseFailed(String name) {
      super(
          name,
          null,
          "closing the files of datastore '"
              + name
              + "' failed half-way and may have left them open: restart this process",
          null);
    }
  }

  /** A ledger cannot be written or read, or uses another generation page. */
  public static final class LedgerUnavailable extends DatastoreException {
    LedgerUnavailable(String ledger, @Nullable Throwable cause, String why) {
      super(null, ledger, "ledger=" + ledger + " is unavailable: " + why, cause);
    }

    /** For no single ledger: one cannot be created, or they cannot be listed. */
    LedgerUnavailable(String what, IOException cause) {
      super(null, null, what + ": " + Reasons.of(cause), cause);
    }
  }

  /**
   * The generation page or this process's ledger was replaced, moved or cut short, or the lock on
   * the ledger was lost. This process no longer sees other processes, or they no longer see it. The
   * log has the cause. Close this registry and open another.
   */
  public static final class SharedStateReplaced extends DatastoreException {
    SharedStateReplaced(String ledger) {
      super(
          null,
          ledger,
          "ledger="
              + ledger
              + " or the generation page beside it was replaced or cut short, or the ledger lost its"
              + " lock (see the log): close this registry and open another",
          null);
    }
  }

  /** This process has too many operations of one kind on one datastore. */
  public static final class TooManyOperations extends DatastoreException {
    TooManyOperations(String name, String word) {
      super(name, null, "datastore '" + name + "' has too many operations: " + word, null);
    }
  }

  /** The thread was interrupted while it waited. Its interrupt flag is set again. */
  public static final class Interrupted extends DatastoreException {
    private Interrupted(
        @Nullable String datastore, @Nullable String file, String what, Throwable cause) {
      super(datastore, file, "interrupted while waiting for " + what, cause);
    }

    static Interrupted ofFile(String lock, Throwable cause) {
      return new Interrupted(null, lock, "lock=" + lock, cause);
    }

    static Interrupted ofDatastore(String name, String why, Throwable cause) {
      return new Interrupted(name, null, "datastore '" + name + "'" + why, cause);
    }
  }

  /** The registry was closed. */
  public static final class RegistryClosed extends DatastoreException {
    RegistryClosed() {
      super("the registry is closed", null);
    }
  }
}
