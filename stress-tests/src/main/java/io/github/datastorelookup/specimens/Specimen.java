package io.github.datastorelookup.specimens;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The datastores of one process, as a version of PBS or of a patch for it looks them up.
 *
 * <p>Thread-safe as far as its algorithm is. All methods throw {@link SpecimenException}.
 */
public interface Specimen {
  /**
   * Looks a datastore up and counts the operation. Closing the handle is the drop. Unlike the
   * library's, a LOOKUP handle has the open chunk store, and nobody counts it.
   */
  DatastoreHandle lookup(String name, Operation operation);

  /** Changes the config, under the config lock. */
  void save(UnaryOperator<DatastoreConfig> edit);

  /** Sets the maintenance mode and returns; tells no process to close files. */
  void setMode(String name, MaintenanceMode mode, @Nullable String message);

  /** What the command does that tells a process of a new mode: LOOKUP, and drop. */
  void modeChanged(String name);

  /** The operations of all live processes. */
  ActiveOperations activeOperations(String name);

  /**
   * Sets the mode {@code delete}, unlocks, counts once; runs the task and removes the section if
   * nothing runs, else refuses.
   */
  void destroy(String name, Runnable removeData);

  /**
   * Sets the mode {@code unmount}, counts each second until nothing runs, and then runs the task
   * and ends the mode with the config lock held.
   */
  void unmount(String name, Runnable task);

  /** Forgets the open datastores that have no section any more; takes no config lock (P8). */
  void removeUnused();
}
