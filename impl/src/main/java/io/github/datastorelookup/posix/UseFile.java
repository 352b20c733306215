package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * O2: a file that names the other half of the pair of config file and run directory. Each process
 * that uses the pair holds a shared lock on the file until its ledger is closed. A process with
 * another pair needs the lock exclusively: it may rewrite the file once all others are gone, also
 * after a crash or a reboot.
 *
 * <p>Two record locks: byte 0 while the file is in use, byte 1 for the short time of opening.
 * Openers exclude each other, so that none mistakes another opener for a user.
 */
final class UseFile implements AutoCloseable {
  private static final long LIFE = 0;
  private static final long OPENING = 1;
  private static final int MAX_SIZE = 16 * 1024;
  private static final long POLL_NANOS = 5_000_000;
  private static final int POLLS = 2000;

  private final Path path;
  private final OwnerThread owner;
  private @Nullable OpenFile file;
  private @Nullable String fault;

  private UseFile(Path path, OwnerThread owner) {
    this.path = path;
    this.owner = owner;
  }

  /**
   * Opens the file, created if missing, for as long as this process uses {@code other}.
   *
   * @param key identifies {@code other}, independent of the paths that lead to it
   * @param other the path that the file names
   * @throws IOException when live processes use another one
   */
  static UseFile open(
      Path path, String key, Path other, SharedAccess access, OwnerThread owner, Sync sync)
      throws IOException {
    try {
      SharedFiles.identity(path);
    } catch (NoSuchFileException e) {
      SharedFiles.createComplete(path, new byte[0], access, access.mode());
    }
    UseFile use = new UseFile(path, owner);
    String elsewhere = "is in use in this JVM, by another registry";
    OpenFile open = SharedFiles.openClaimed(path, use, elsewhere, READ, WRITE);
    use.file = open;
    boolean agreed = false;
    try {
      FileLock opening = use.awaitTurn(open.channel(), sync);
      use.agree(open.channel(), key, other);
      opening.release();
      agreed = true;
      return use;
    } finally {
      if (!agreed) {
        use.close();
      }
    }
  }

  private FileLock awaitTurn(FileChannel channel, Sync sync) throws IOException {
    for (int i = 0; i < POLLS; i++) {
      FileLock opening = SharedFiles.tryLock(channel, OPENING, 1, false);
      if (opening != null) {
        return opening;
      }
      try {
        sync.pause(POLL_NANOS);
      } catch (InterruptedException e) {
        throw new IOException("interrupted while another process opens file=" + path, e);
      }
    }
    throw SharedFiles.refuse(path, "is locked by a program that does not finish opening");
  }

  private void agree(FileChannel channel, String key, Path other) throws IOException {
    FileLock alone = SharedFiles.tryLock(channel, LIFE, 1, false);
    if (alone != null) {
      byte[] content = (key + " " + other + "\n").getBytes(UTF_8);
      owner.run(() -> write(channel, content));
      alone.release();
    }
    if (SharedFiles.tryLock(channel, LIFE, 1, true) == null) {
      throw SharedFiles.refuse(path, "is locked by another program");
    }
    String found = owner.call(() -> read(channel));
    if (!found.startsWith(key + " ")) {
      throw SharedFiles.refuse(
          path,
          "live processes use something else: theirs="
              + found.substring(found.indexOf(' ') + 1).trim()
              + " ours="
              + other);
    }
  }

  private static void write(FileChannel channel, byte[] content) throws IOException {
    channel.truncate(0);
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      channel.write(rest, rest.position());
    }
  }

  /** The file beside the config that names the run directory. */
  static Path ofConfig(Path config) {
    return SharedFiles.besideConfig(config, ".use");
  }

  /** The file in the run directory that names the config file. */
  static Path ofRunDirectory(Path run) {
    return run.resolve("config-use");
  }

  static String runDirectoryKey(Path run) throws IOException {
    return SharedFiles.directoryIdentity(run).toString();
  }

  /** The identity of the directory and the name of the file, as each save replaces the file. */
  static String configKey(Path config) throws IOException {
    return SharedFiles.directoryIdentity(config.resolveSibling(".")) + "/" + config.getFileName();
  }

  static String read(FileChannel channel) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(MAX_SIZE);
    while (all.hasRemaining() && channel.read(all, all.position()) > 0) {
      // Until its end.
    }
    return new String(all.array(), 0, all.position(), UTF_8);
  }

  /** Whether the lock is held, on the file at the path. */
  synchronized boolean inPlace() throws IOException {
    OpenFile open = file;
    if (open == null || !open.channel().isOpen()) {
      throw SharedFiles.refuse(path, "lock was lost: its channel was closed");
    }
    boolean inPlace = SharedFiles.isAt(path, open.identity());
    fault = inPlace ? null : "uses file=" + path + ", which was replaced";
    return inPlace;
  }

  /** The fault that the last {@link #inPlace} found, or null. */
  synchronized @Nullable String fault() {
    return fault;
  }

  @Override
  public synchronized void close() throws IOException {
    OpenFile open = file;
    if (open != null) {
      file = null;
      try {
        open.channel().close();
      } finally {
        JvmClaims.release(open.identity(), this);
      }
    }
  }
}
