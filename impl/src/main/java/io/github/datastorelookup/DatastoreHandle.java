package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import java.util.concurrent.ConcurrentMap;

/**
 * The right to one operation on one datastore, from a lookup's grant until it is closed.
 *
 * <p>A READ or WRITE handle is counted in the operation word of its process from before it is
 * granted until {@link #close()}. Its chunk store is open all that time. A LOOKUP handle is a view
 * of memory: it is not counted and has no chunk store.
 *
 * <p>Thread-safe. Happens-before: a thread's use of a handle, before it closes the handle, happens
 * before the chunk store is closed, and before a maintenance task that waited for this operation
 * runs.
 */
public interface DatastoreHandle extends AutoCloseable {
  /** The datastore's name. */
  String name();

  /** The operation that the lookup asked for. */
  Operation operation();

  /** The section of the config that granted this handle; later edits do not change it. */
  DatastoreSection section();

  /**
   * The open chunk store. Usable until this handle is closed: a later request for a lock throws
   * {@link IllegalStateException}. Close each guard before the handle.
   *
   * @throws IllegalStateException when this is a LOOKUP handle, or it was closed
   */
  ChunkStoreView chunkStore();

  /**
   * The in-memory state of the datastore in this process, such as that of a garbage collection. All
   * handles to the datastore share one map. It survives config changes and the closing of files,
   * and is discarded when the section is gone.
   */
  ConcurrentMap<String, Object> attributes();

  /**
   * Another handle for the same operation and section, counted separately. Does not check the mode
   * again: a granted operation may be shared.
   *
   * @throws IllegalStateException when this handle was closed
   * @throws DatastoreException.TooManyOperations when the count is at its maximum
   */
  DatastoreHandle duplicate();

  /**
   * Drops the operation. The last drop closes the chunk store if the maintenance mode requires it.
   * Closing again, from any thread, does nothing.
   *
   * <p>Throws no exception: a chunk store that cannot be closed is logged. After a {@link
   * StackOverflowError} the handle may still be open: close it again.
   */
  @Override
  void close();
}
