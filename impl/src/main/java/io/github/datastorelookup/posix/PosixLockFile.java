package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX record lock on a file that is opened once and stays open until {@link #close}.
 *
 * <p>Once open, the channel only serves {@code tryLock} and {@code release}: any other call on it
 * could be interrupted and drop the lock. If the channel is closed nevertheless, the lock was lost,
 * perhaps while it was held: every call fails from then on.
 */
final class PosixLockFile implements Locks.LockFile {
  private static final System.Logger LOG = System.getLogger(PosixLockFile.class.getPackageName());

  private final Path path;
  private final @Nullable Path directory;
  private @Nullable OpenFile file;
  private @Nullable FileLock lock;
  private boolean closed;

  /**
   * Opens nothing yet.
   *
   * @param directory created when missing; null when it must exist already
   */
  PosixLockFile(Path path, @Nullable Path directory) {
    this.path = path;
    this.directory = directory;
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public synchronized boolean tryLock() throws IOException {
    OpenFile open = opened();
    FileLock got = tryLock(open);
    boolean kept = false;
    try {
      // Checked with the lock held: from now on no process that obeys the rules replaces the file.
      if (!SharedFiles.isAt(path, open.identity())) {
        throw SharedFiles.refuse(path, "lock file was replaced: stop all processes, start again");
      }
      kept = true;
    } finally {
      if (!kept && got != null) {
        got.release();
      }
    }
    if (got != null) {
      lock = got;
    }
    return got != null;
  }

  private @Nullable FileLock tryLock(OpenFile open) throws IOException {
    try {
      return open.channel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another holder in this process has it
    } catch (ClosedChannelException e) {
      throw lost(e);
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
      if (closed) {
        close();
      }
    } catch (IOException e) {
      lockLost(e);
    }
  }

  /** Never throws: {@link #unlock} is a step that others rely on. */
  private void lockLost(IOException e) {
    try {
      LOG.log(System.Logger.Level.ERROR, "lock was lost: file={0}: {1}", path, e.getMessage());
    } catch (RuntimeException | Error again) {
      // Logging is the host's code.
    }
  }

  /** Closes the file, now or when it is unlocked; the lock cannot be acquired any more. */
  synchronized void close() throws IOException {
    closed = true;
    OpenFile open = file;
    if (open != null && lock == null) {
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
      SharedFiles.createDirectory(directory);
    }
    try {
      SharedFiles.identity(path);
    } catch (NoSuchFileException e) {
      SharedFiles.createComplete(path, new byte[0]);
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
