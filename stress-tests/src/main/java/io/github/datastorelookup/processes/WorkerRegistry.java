package io.github.datastorelookup.processes;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker works with: a registry of this library, or a process of a port. Each method refuses
 * with a {@link DatastoreException} or with a {@link Refused}.
 */
interface WorkerRegistry extends AutoCloseable {
  /** A refusal of a port: the simple name of a {@link DatastoreException}. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;

    Refused(String kind, String message) {
      super(kind + ": " + message);
      this.kind = kind;
    }

    String kind() {
      return kind;
    }
  }

  /** The process that holds the handles: this one, or the port's. */
  default long pid() {
    return ProcessHandle.current().pid();
  }

  /** The kind of a refusal; null if it is none. */
  static @Nullable String kind(RuntimeException e) {
    if (e instanceof Refused refused) {
      return refused.kind();
    }
    return e instanceof DatastoreException ? e.getClass().getSimpleName() : null;
  }

  /** Grants a handle. */
  DatastoreHandle lookup(String name, Operation operation);

  /** Saves a comment. */
  void comment(String name, String comment);

  /** Creates a datastore. */
  void create(DatastoreSection section);

  /** Destroys a datastore that no process uses within this time. */
  void destroy(String name, Duration timeout, Runnable task);

  /**
   * Unmounts a datastore that no process uses within this time; {@code message} is that of its
   * mode.
   */
  void unmount(String name, String message, Duration timeout, Runnable task);

  /** Sets a mode with this message. */
  void setMode(String name, MaintenanceMode mode, String message);

  /** Clears the mode. */
  void clearMode(String name);

  /** Counts the operations of all processes. */
  ActiveOperations count(String name);

  /** Does the watcher's work once. */
  void refresh();

  @Override
  void close();
}
