package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import java.util.concurrent.ConcurrentMap;

/**
 * The right to one operation on one datastore, from a lookup's grant until it is closed.
 *
 * <p>A READ or WRITE handle is counted in the operation word of its process from before it is
 * granted until {@link #close()}; its chunk store is open all that time. A LOOKUP handle is a view
 * of memory: it is not counted and has no chunk store.
 *
 * <p>Thread-safe. A thread's use of a handle before it closes the handle happens before the chunk
 * store is closed, and before a process that waits for the datastore to be idle acts.
 */
public interface DatastoreHandle extends AutoCloseable {
  /** The datastore's name. */
  String name();

  /** The operation that the lookup asked for. */
  Operation operation();

  /** The section of the config that granted this handle; later edits do not change it. */
  DatastoreSection section();

  /**
   * The open chunk store. Usable until this handle is closed: a lock that is requested later throws
   * {@link IllegalStateException}. Close each guard before the handle.
   *
   * @throws IllegalStateException when this is a LOOKUP handle, or it was closed
   */
  ChunkStoreView chunkStore();

  /**
   * The state that this process keeps of the datastore in memory, such as that of a garbage
   * collection. All handles share one map; it survives config changes and the closing of files, and
   * is discarded when the section is gone.
   */
  ConcurrentMap<String, Object> attributes();

  /**
   * Another handle of the same operation and section. Does not check the mode again: a granted
   * operation may be shared.
   *
   * @throws IllegalStateException when this handle was closed
   * @throws DatastoreException.TooManyOperations when the count is at its maximum
   */
  DatastoreHandle duplicate();

  /**
   * Drops the operation. The last drop closes the chunk store if the maintenance mode requires it.
   * Closing again, from any thread, does nothing. Throws no exception; a chunk store that cannot be
   * closed is logged. After a {@link StackOverflowError} it may still be open: close it again.
   */
  @Override
  void close();
}
