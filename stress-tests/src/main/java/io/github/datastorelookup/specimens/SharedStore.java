package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** An open chunk store, closed when the last instance that uses it is gone. */
final class SharedStore {
  private static final System.Logger LOG = System.getLogger(SharedStore.class.getPackageName());

  final ChunkStore store;
  final References references;

  private SharedStore(ChunkStore store) {
    this.store = store;
    this.references = new References(this::close);
  }

  /** Opens the chunk store at the path with one reference, whether it is open already or not. */
  static SharedStore open(ChunkStores stores, String path) {
    try {
      return new SharedStore(stores.open(path, stores.identify(path), true));
    } catch (IOException e) {
      throw new SpecimenException("unable to open chunk store at '" + path + "'", e);
    }
  }

  private void close() {
    try {
      store.close();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "closing failed: path={0}: {1}", store.path(), e.getMessage());
    }
  }
}
