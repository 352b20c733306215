package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import java.util.concurrent.ConcurrentMap;

/**
 * What a lookup grants: the right to one operation on one datastore, until it is closed.
 *
 * <p>A READ or WRITE handle is counted in the operation word of its process from before it is
 * granted until {@link #close()}; all that time its chunk store is open. A LOOKUP handle is a view
 * of memory: it is not counted and has no chunk store.
 *
 * <p>Thread-safe. What a thread did with a handle before it closed it happens before the chunk
 * store is closed, and before whoever waits for the datastore to be idle acts.
 */
public interface DatastoreHandle extends AutoCloseable {
  /** The datastore's name. */
  String name();

  /** What was asked for. */
  Operation operation();

  /** The section of the config that granted this handle; later edits do not change it. */
  DatastoreSection section();

  /**
   * The open chunk store.
   *
   * @throws IllegalStateException when this is a LOOKUP handle, or it was closed
   */
  ChunkStore chunkStore();

  /**
   * What this process remembers of the datastore, such as the state of a garbage collection. The
   * same map for all handles; it survives config changes and the closing of files, and is forgotten
   * when the section is gone.
   */
  ConcurrentMap<String, Object> attributes();

  /**
   * Another handle of the same operation and section. The mode is not asked again: who may work may
   * share the work.
   *
   * @throws IllegalStateException when this handle was closed
   * @throws DatastoreException.TooManyOperations when the count is at its maximum
   */
  DatastoreHandle duplicate();

  /**
   * Drops the operation. The last drop closes the chunk store if the maintenance mode wants that.
   * Closing again, from whatever thread, does nothing. Never throws; a chunk store that cannot be
   * closed is logged.
   */
  @Override
  void close();
}
