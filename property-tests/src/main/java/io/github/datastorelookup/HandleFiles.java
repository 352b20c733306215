package io.github.datastorelookup;

import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;

/** What a handle hides from its holder: the chunk store itself, which checks compare. */
public final class HandleFiles {
  private HandleFiles() {}

  /** The chunk store itself; that of another implementation of handles as that shows it. */
  public static ChunkStoreView of(DatastoreHandle handle) {
    return handle instanceof Handle ours ? ours.openStore() : handle.chunkStore();
  }
}
