package io.github.datastorelookup;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of the registry; each kind has its own nested class. A refused call counts, opens,
 * changes and loses nothing, unless the class says otherwise.
 */
public abstract class DatastoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private DatastoreException(String message) {
    this(message, null);
  }

  private DatastoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  private static String counted(ActiveOperations all) {
    return "reads=" + all.reads() + " writes=" + all.writes();
  }

  /** The name is not a safe id, so it never becomes part of a file name. */
  public static final class InvalidName extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    InvalidName(String name) {
      super(
          "name='" + name + "' is no datastore name: 3 to 32 of A-Z a-z 0-9 _ . -, not first . -");
    }
  }

  /** The config has no section of this name. */
  public static final class NoSuchDatastore extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    NoSuchDatastore(String name) {
      super("no such datastore '" + name + "'");
    }
  }

  /** The maintenance mode refuses the operation. */
  public static final class DatastoreUnavailable extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    DatastoreUnavailable(String name, String message) {
      super("datastore '" + name + "' is unavailable: " + message);
    }
  }

  /** The datastore is removable and its device is not mounted, or its state is unknown. */
  public static final class NotMounted extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    NotMounted(String name) {
      super("datastore '" + name + "' is not mounted");
    }
  }

  /** Other operations kept the files of this datastore busy for the whole lock timeout. */
  public static final class DatastoreBusy extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    DatastoreBusy(String name) {
      super("datastore '" + name + "' is busy: its files are in use at another path or name");
    }
  }

  /** Operations did not end in time. The previous mode is restored, but {@code delete} stays. */
  public static final class DatastoreInUse extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    DatastoreInUse(String name, ActiveOperations all) {
      super("datastore '" + name + "' is currently in use: " + counted(all));
    }
  }

  /** The caller cancelled a drain. The previous mode is restored, but {@code delete} stays. */
  public static final class DrainCancelled extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    DrainCancelled(String name, ActiveOperations all) {
      super("cancelled while datastore '" + name + "' was in use: " + counted(all));
    }
  }

  /** The maintenance task failed, on an idle datastore. The mode stays for an administrator. */
  public static final class MaintenanceFailed extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    MaintenanceFailed(String name, String mode, Throwable cause) {
      super(
          "maintenance of datastore '" + name + "' failed, mode=" + mode + " stays: " + cause,
          cause);
    }
  }

  /** Another task holds the datastore's maintenance lock. */
  public static final class MaintenanceInProgress extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    MaintenanceInProgress(String name, String lockFile) {
      super("datastore '" + name + "' is being maintained by another task: lock=" + lockFile);
    }
  }

  /** The edit contradicts the current config. */
  public static final class EditRefused extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    EditRefused(String message) {
      super(message);
    }
  }

  /** The config is not the one that the edit was based on; read it again. */
  public static final class DigestMismatch extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    DigestMismatch(String file, String expected, String found) {
      super(
          "config file="
              + file
              + " was changed meanwhile: expected="
              + expected
              + " found="
              + found);
    }
  }

  /** There is no generation counter: other processes would not notice a save. */
  public static final class GenerationUnavailable extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    GenerationUnavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The config file cannot be read or replaced. */
  public static final class ConfigUnavailable extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    ConfigUnavailable(String file, String why, @Nullable Throwable cause) {
      super("config file=" + file + " is unavailable: " + why, cause);
    }
  }

  /** The config file does not parse; the message names file, line and reason. */
  public static final class ConfigInvalid extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    ConfigInvalid(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A lock was not acquired in time. */
  public static final class LockTimeout extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    LockTimeout(String lock, long nanos) {
      super("lock=" + lock + " not got within " + nanos / 1_000_000 + " ms");
    }
  }

  /** A lock file cannot be opened or locked, or the lock was lost. */
  public static final class LockUnavailable extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    LockUnavailable(String lock, Throwable cause) {
      super("lock=" + lock + " is unavailable: " + cause.getMessage(), cause);
    }
  }

  /** The chunk store cannot be opened. */
  public static final class OpenFailed extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    OpenFailed(String name, String path, Throwable cause) {
      super(
          "datastore '" + name + "' cannot be opened: path=" + path + ": " + cause.getMessage(),
          cause);
    }
  }

  /**
   * An Error, such as out of memory, interrupted the closing of this datastore's files, and they
   * may be open for ever. This process refuses the datastore, and other processes count it as
   * closing, until this process ends.
   */
  public static final class CloseFailed extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    CloseFailed(String name) {
      super(
          "datastore '"
              + name
              + "' failed while its files were closed, and may have them open: restart this"
              + " process");
    }
  }

  /** A ledger cannot be written or read, or uses another generation page. */
  public static final class LedgerUnavailable extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    LedgerUnavailable(String ledger, @Nullable Throwable cause, String why) {
      super("ledger=" + ledger + " is unavailable: " + why, cause);
    }
  }

  /**
   * The generation page or this process's ledger is no longer the file at its path: this process no
   * longer sees other processes, or they no longer see it. Close this registry and open another.
   */
  public static final class SharedStateReplaced extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    SharedStateReplaced(String ledger) {
      super(
          "ledger="
              + ledger
              + " or the generation page beside it was replaced: close this registry, open another");
    }
  }

  /** This process has too many operations of one kind on one datastore. */
  public static final class TooManyOperations extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    TooManyOperations(String name, String word) {
      super("datastore '" + name + "' has too many operations: " + word);
    }
  }

  /** The thread was interrupted while it waited. Its interrupt flag is set again. */
  public static final class Interrupted extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    Interrupted(String what, Throwable cause) {
      super("interrupted while waiting for " + what, cause);
    }
  }

  /** The registry was closed. */
  public static final class RegistryClosed extends DatastoreException {
    @Serial private static final long serialVersionUID = 1L;

    RegistryClosed() {
      super("the registry is closed");
    }
  }
}
