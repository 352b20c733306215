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
   * library's, a LOOKUP handle has the open chunk store but is not counted.
   */
  DatastoreHandle lookup(String name, Operation operation);

  /** Runs work with the config lock held. */
  void exclusively(Runnable work);

  /** The file as it is now; takes no lock. */
  DatastoreConfig config();

  /** Changes the config, with the config lock held. */
  void saveLocked(UnaryOperator<DatastoreConfig> edit);

  /** Changes the config, under the config lock. */
  default void save(UnaryOperator<DatastoreConfig> edit) {
    exclusively(() -> saveLocked(edit));
  }

  /** Sets the maintenance mode and returns; tells no process to close files. */
  default void setMode(String name, MaintenanceMode mode, @Nullable String message) {
    save(config -> PbsApi.withMode(config, name, mode, message));
  }

  /** The operations of all live processes. */
  ActiveOperations activeOperations(String name);

  /** Forgets the open datastores that have no section any more; takes no config lock (P8). */
  void removeUnused();
}
