package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A lock file that a reader acquires in shared mode. It excludes processes that change something,
 * but not other readers. Never creates the file; read permission is enough.
 *
 * <p>The channel only serves {@code tryLock} and {@code release}, which ignore interrupts.
 */
public final class ReadLock implements Locks.LockFile, AutoCloseable {
  private final Path path;
  private @Nullable OpenFile file;
  private @Nullable FileLock lock;

  ReadLock(Path path) {
    this.path = path;
  }

  @Override
  public String path() {
    return path.toString();
  }

  /**
   * The identity of the lock file; opens nothing.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  public FileIdentity identity() throws IOException {
    return SharedFiles.identity(path);
  }

  /**
   * {@inheritDoc}
   *
   * @throws java.nio.file.NoSuchFileException when there is no such file
   */
  @Override
  public synchronized boolean tryLock() throws IOException {
    OpenFile open = file;
    if (open == null) {
      open =
          SharedFiles.openClaimed(
              path, this, "lock file is in use in this JVM: inspect it from another process", READ);
      file = open;
    }
    FileLock acquired = SharedFiles.tryLock(open.channel(), 0, Long.MAX_VALUE, true);
    lock = acquired;
    // Checked with the lock held, if it was free.
    if (!SharedFiles.isAt(path, open.identity())) {
      throw SharedFiles.refuse(path, "lock file was replaced");
    }
    return acquired != null;
  }

  @Override
  public synchronized void unlock() {
    FileLock held = lock;
    if (held == null) {
      throw new IllegalStateException("not locked: file=" + path);
    }
    lock = null;
    try {
      held.release();
    } catch (IOException e) {
      throw new IllegalStateException("lock was lost: file=" + path, e);
    }
  }

  /** Closes the file, and releases the lock if it is held. */
  @Override
  public synchronized void close() throws IOException {
    OpenFile open = file;
    if (open != null) {
      file = null;
      lock = null;
      try {
        open.channel().close();
      } finally {
        JvmClaims.release(open.identity(), this);
      }
    }
  }
}
