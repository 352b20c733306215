package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import io.github.datastorelookup.port.Sync;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.util.concurrent.ConcurrentMap;

/**
 * A handle that is logged when it became garbage without being closed, with the stack of its
 * lookup. Its operation is dropped then, so that a leak blocks no drain for ever.
 */
final class WatchedHandle implements DatastoreHandle {
  private static final System.Logger LOG = System.getLogger(WatchedHandle.class.getPackageName());

  private final Handle handle;
  private final Sync sync;
  private final Runnable endWatch;

  private WatchedHandle(Handle handle, Sync sync, LookedUpHere trace) {
    this.handle = handle;
    this.sync = sync;
    this.endWatch = sync.whenUnreachable(this, () -> reportIfOpen(handle, trace));
  }

  /** Watches a handle that was just granted, except a LOOKUP, which holds nothing. */
  static DatastoreHandle of(DatastoreHandle granted, Sync sync) {
    if (!(granted instanceof Handle handle)) {
      return granted;
    }
    WatchedHandle watched = null;
    try {
      watched = new WatchedHandle(handle, sync, new LookedUpHere(handle.toString()));
      return watched;
    } finally {
      if (watched == null) {
        handle.close(); // no memory, or no thread to watch it
      }
    }
  }

  private static void reportIfOpen(Handle handle, LookedUpHere trace) {
    if (handle.drop()) {
      LOG.log(Level.WARNING, "a handle was never closed: " + handle, trace);
    }
  }

  @Override
  public String name() {
    return handle.name();
  }

  @Override
  public Operation operation() {
    return handle.operation();
  }

  @Override
  public DatastoreSection section() {
    return handle.section();
  }

  @Override
  public ChunkStoreView chunkStore() {
    return handle.chunkStore(this);
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    return handle.attributes();
  }

  @Override
  public DatastoreHandle duplicate() {
    try {
      return of(handle.duplicate(), sync);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    try {
      handle.close();
      endWatch.run();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public String toString() {
    return handle.toString();
  }

  /** The stack of a lookup. */
  private static final class LookedUpHere extends Exception {
    private static final long serialVersionUID = 1L;

    LookedUpHere(String handle) {
      super("looked up here: " + handle);
    }
  }
}
