package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/**
 * An open {@code .lock} and the locks on it.
 *
 * <p>Record locks belong to processes, not threads: this class counts the guards of this process
 * that share one record lock. Thread-safe; no call waits for a lock.
 */
final class PosixChunkStore implements ChunkStore {
  private final String path;
  private final FileIdentity identity;
  private final boolean writable;
  private final FileChannel channel;
  private final Object claim;
  private @Nullable FileLock lock; // shared or exclusive, for all guards together
  private int guards;

  PosixChunkStore(
      String path, FileIdentity identity, boolean writable, FileChannel channel, Object claim) {
    this.writable = writable;
    this.claim = claim;
    this.path = path;
    this.identity = identity;
    this.channel = channel;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public FileIdentity identity() {
    return identity;
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public synchronized @Nullable Guard tryShared() throws IOException {
    FileLock held = lock;
    if (held != null && channel.isOpen()) {
      return held.isShared() ? newGuard() : null;
    }
    return take(true);
  }

  @Override
  public synchronized @Nullable Guard tryExclusive() throws IOException {
    if (!writable) {
      throw new IOException("chunk store is open for reading only: path=" + path);
    }
    return lock != null && channel.isOpen() ? null : take(false);
  }

  private @Nullable Guard take(boolean shared) throws IOException {
    if (!channel.isOpen()) {
      throw new IOException("chunk store is closed: path=" + path);
    }
    lock = SharedFiles.tryLock(channel, 0, Long.MAX_VALUE, shared);
    return lock == null ? null : newGuard();
  }

  private Guard newGuard() {
    guards++;
    return new StoreGuard();
  }

  private synchronized void give() throws IOException {
    guards--;
    FileLock held = lock;
    if (guards == 0 && held != null) {
      lock = null;
      if (channel.isOpen()) {
        held.release();
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      channel.close();
    } finally {
      JvmClaims.release(identity, claim);
    }
  }

  private final class StoreGuard implements Guard {
    private boolean closed; // guarded by the chunk store

    @Override
    public void close() throws IOException {
      synchronized (PosixChunkStore.this) {
        if (!closed) {
          closed = true;
          give();
        }
      }
    }
  }
}
