package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.FileIdentity;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Datastores on disk: a directory with a file {@code .lock}.
 *
 * <p>Everything runs on the caller's thread, because a datastore may hang. Interrupts do not affect
 * the calls on the channel.
 */
final class PosixChunkStores implements ChunkStores {
  private static final String LOCK = ".lock";

  /** More descriptors than any one call of a port opens at a time. */
  private static final int HANDFUL = 8;

  // Descriptors of unexpected files, open until the process ends.
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final FileSystem system;
  private final SharedAccess access;

  /** Chunk stores on the file system of the config. */
  PosixChunkStores(FileSystem system, SharedAccess access) {
    this.system = system;
    this.access = access;
  }

  @Override
  public FileIdentity identify(String path) throws IOException {
    return SharedFiles.identity(directory(path).resolve(LOCK));
  }

  /**
   * {@inheritDoc}
   *
   * <p>If the file was replaced after {@link #identify}, this call may have opened a file that this
   * process has locked through another path. Closing it would drop those locks, so it stays open
   * until the process ends, also when the path cannot be read again. That costs one descriptor, and
   * only if an administrator swaps datastores, or the disk fails, at exactly this moment.
   */
  @Override
  public ChunkStore open(String path, FileIdentity expected, boolean write) throws IOException {
    Path lock = directory(path).resolve(LOCK);
    if (!SharedFiles.identity(lock).equals(expected)) {
      throw replaced(lock, expected); // not opened yet: nothing to keep
    }
    Object claim = new Object();
    if (!JvmClaims.claim(expected, claim)) {
      throw SharedFiles.refuse(lock, "is already open in this JVM, by another registry");
    }
    FileChannel channel;
    boolean writable = true;
    boolean opened = false;
    try {
      try {
        channel = FileChannel.open(lock, Set.of(READ, WRITE, NOFOLLOW_LINKS));
      } catch (FileSystemException e) {
        if (write || Files.isWritable(lock)) {
          throw e;
        }
        channel = FileChannel.open(lock, Set.of(READ, NOFOLLOW_LINKS));
        writable = false;
      }
      opened = true;
    } finally {
      if (!opened) {
        JvmClaims.release(expected, claim);
      }
    }
    boolean same = false;
    try {
      if (!SharedFiles.isAt(lock, expected)) {
        throw replaced(lock, expected);
      }
      ChunkStore store = new PosixChunkStore(path, expected, writable, channel, claim);
      same = true;
      return store;
    } finally {
      if (!same) {
        NEVER_CLOSED.add(channel);
        JvmClaims.release(expected, claim);
      }
    }
  }

  /**
   * {@inheritDoc} Tries to open files, as Java has no exception type for it and localizes messages.
   */
  @Override
  public boolean outOfFiles(IOException failure) {
    return !canOpen(HANDFUL);
  }

  private static boolean canOpen(int more) {
    if (more == 0) {
      return true;
    }
    try (FileInputStream one = new FileInputStream("/dev/null")) {
      return one.read() < 0 && canOpen(more - 1);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void create(String path) throws IOException {
    Path directory = directory(path);
    if (!Files.isDirectory(directory)) {
      SharedFiles.createDirectory(directory, access, access.storeMode());
    }
    Path lock = directory.resolve(LOCK);
    if (Files.notExists(lock, NOFOLLOW_LINKS)) {
      SharedFiles.createComplete(lock, new byte[0], access, access.storeLockMode());
    }
    SharedFiles.identity(lock); // an existing regular file stays, and is not opened
  }

  @Override
  public void requirePath(String path) throws IOException {
    Path unused = directory(path);
  }

  /** The config file may hold a value that is not a path. */
  private Path directory(String path) throws IOException {
    try {
      Path directory = system.getPath(path);
      if (directory.isAbsolute()) {
        return directory;
      }
    } catch (InvalidPathException e) {
      throw new IOException("path=" + path + " is not a path: " + e.getReason(), e);
    }
    throw new IOException("path=" + path + " is not absolute");
  }

  private static IOException replaced(Path lock, FileIdentity expected) {
    return SharedFiles.refuse(lock, "is not the expected file: expected=" + expected);
  }
}
