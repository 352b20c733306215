package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX record lock on a file. The file stays open until {@link #close}, or only while it is
 * locked: then an unlocked lock costs no descriptor.
 *
 * <p>Once open, the channel only serves {@code tryLock} and {@code release}: any other call on it
 * could be interrupted and drop the lock. If the channel is closed nevertheless, the lock was lost,
 * perhaps while it was held: every call fails from then on.
 */
final class PosixLockFile implements Locks.LockFile {
  private final Path path;
  private final @Nullable Path directory;
  private final SharedAccess access;
  private @Nullable OpenFile file;
  private @Nullable FileLock lock;
  private boolean closed;

  /**
   * Opens nothing yet.
   *
   * @param directory created when missing, for a file that is open only while it is locked; null
   *     for a file that stays open, in a directory that must exist already
   */
  PosixLockFile(Path path, @Nullable Path directory, SharedAccess access) {
    this.path = path;
    this.directory = directory;
    this.access = access;
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public synchronized boolean tryLock() throws IOException {
    OpenFile open = opened();
    boolean foreign = false;
    @Nullable FileLock acquired = null;
    try {
      acquired = open.channel().tryLock();
      requireInPlace(open);
      lock = acquired;
    } catch (OverlappingFileLockException e) { // another channel of this JVM holds it
      foreign = lock == null; // closing the file would drop that channel's lock
      requireInPlace(open);
    } catch (ClosedChannelException e) {
      throw lost(e);
    } finally {
      if (lock == null && acquired != null) {
        acquired.release();
      }
      if (lock == null && !foreign && open.channel().isOpen()) {
        closeUnlessStaying();
      }
    }
    return acquired != null;
  }

  /** With the lock held, no process that obeys the rules replaces the file any more. */
  private void requireInPlace(OpenFile open) throws IOException {
    if (!SharedFiles.isAt(path, open.identity())) {
      throw SharedFiles.refuse(
          path, "lock file was replaced: stop all processes, then start them again");
    }
  }

  @Override
  public Set<Long> holders() {
    try {
      return LockTable.read(LockTable.OF_LINUX).holders(SharedFiles.identity(path));
    } catch (IOException e) {
      return Set.of();
    }
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
      closeUnlessStaying();
    } catch (IOException e) {
      throw new UncheckedIOException("lock was lost: file=" + path, e);
    }
  }

  /** Closes the file now, or when it is unlocked. The lock cannot be acquired any more. */
  synchronized void close() throws IOException {
    closed = true;
    closeUnlessStaying();
  }

  private void closeUnlessStaying() throws IOException {
    boolean stays = directory == null && !closed;
    OpenFile open = file;
    if (!stays && open != null && lock == null) {
      file = null;
      try {
        open.channel().close();
      } finally {
        JvmClaims.release(open.identity(), this);
      }
    }
  }

  /** Closes the channel behind the lock's back, as an interrupt would. For tests. */
  synchronized void loseChannel() throws IOException {
    OpenFile open = file;
    if (open != null) {
      open.channel().close();
    }
  }

  private OpenFile opened() throws IOException {
    if (closed) {
      throw SharedFiles.refuse(path, "these locks were closed");
    }
    OpenFile open = file;
    if (open == null) {
      open = open();
      file = open;
    }
    return open;
  }

  private OpenFile open() throws IOException {
    if (directory != null) {
      SharedFiles.openDirectory(directory, access);
    }
    try {
      SharedFiles.identity(path);
    } catch (NoSuchFileException e) {
      SharedFiles.createComplete(path, new byte[0], access, access.mode());
    }
    return SharedFiles.openClaimed(
        path, this, "lock file is already in use in this JVM, by another registry", WRITE);
  }

  private FileSystemException lost(ClosedChannelException cause) {
    FileSystemException e = SharedFiles.refuse(path, "lock was lost: its channel was closed");
    e.initCause(cause);
    return e;
  }
}
