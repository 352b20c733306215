package io.github.datastorelookup.specimens;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.Locks.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The operation files in a directory: {@code <name>}, and {@code <name>.lock} beside it, which is
 * opened and closed at every update. A start time is field 22 of {@code /proc/<pid>/stat}.
 */
public final class PosixOperationFiles implements OperationFiles {
  private static final int START_TIME = 22;
  private static final FileAttribute<?> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----"));

  private final Path directory;
  private final long pid = ProcessHandle.current().pid();

  /** The files in this directory, which exists. */
  public PosixOperationFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public LockFile lock(String name) {
    return new ReopenedLock(directory.resolve(SafeId.check(name) + ".lock"));
  }

  @Override
  public byte @Nullable [] read(String name) throws IOException {
    try {
      return Files.readAllBytes(directory.resolve(SafeId.check(name)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void replace(String name, byte[] content) throws IOException {
    Path path = directory.resolve(SafeId.check(name));
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temp = directory.resolve("." + name + "." + random + ".tmp");
    Files.createFile(temp, MODE);
    Files.write(temp, content);
    Files.move(temp, path, ATOMIC_MOVE);
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public long startTime(long of) {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc/" + of + "/stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return -1; // the process ended
    }
    // The second field is a name in parentheses that may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[START_TIME - 3]);
  }

  /** A record lock whose file is open only while it is held. One thread at a time. */
  private static final class ReopenedLock implements LockFile {
    private final Path path;
    private @Nullable FileChannel held;

    ReopenedLock(Path path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path.toString();
    }

    @Override
    public boolean tryLock() throws IOException {
      FileChannel channel = FileChannel.open(path, Set.of(CREATE, WRITE), MODE);
      boolean locked = false;
      try {
        locked = channel.tryLock() != null;
      } finally {
        if (!locked) {
          channel.close();
        }
      }
      held = locked ? channel : null;
      return locked;
    }

    @Override
    public void unlock() {
      FileChannel channel = held;
      held = null;
      try {
        if (channel != null) {
          channel.close(); // which releases the lock
        }
      } catch (IOException e) {
        throw new UncheckedIOException("unlocking failed: file=" + path, e);
      }
    }
  }
}
