package io.github.datastorelookup.races;

import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Chunk stores that take a while to close. */
record SlowChunkStores(ChunkStores stores) implements ChunkStores {
  @Override
  public FileIdentity identify(String path) throws IOException {
    return stores.identify(path);
  }

  @Override
  public ChunkStore open(String path, FileIdentity expected, boolean write) throws IOException {
    return new SlowStore(stores.open(path, expected, write));
  }

  @Override
  public boolean outOfFiles(IOException failure) {
    return stores.outOfFiles(failure);
  }

  @Override
  public void create(String path) throws IOException {
    stores.create(path);
  }

  private record SlowStore(ChunkStore store) implements ChunkStore {
    @Override
    public String path() {
      return store.path();
    }

    @Override
    public FileIdentity identity() {
      return store.identity();
    }

    @Override
    public boolean writable() {
      return store.writable();
    }

    @Override
    public @Nullable Guard tryShared() throws IOException {
      return store.tryShared();
    }

    @Override
    public @Nullable Guard tryExclusive() throws IOException {
      return store.tryExclusive();
    }

    @Override
    public void close() throws IOException {
      Spin.longer();
      store.close();
    }
  }
}
