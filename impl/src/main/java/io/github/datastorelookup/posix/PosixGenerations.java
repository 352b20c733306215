package io.github.datastorelookup.posix;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The generation page {@code config-versions} in the run directory.
 *
 * <p>If another program cuts the page short under a running process, T3 notices it before the next
 * access of a thread that holds the config lock. An access that comes first ends JDK 17 ({@code
 * SIGBUS}), and throws {@code InternalError} on JDK 25; Java cannot prevent it.
 */
final class PosixGenerations implements Generations {

  private final Path directory;
  private final Path path;
  private final boolean create;
  private final SharedAccess access;
  private final OwnerThread owner;

  /**
   * Touches nothing yet.
   *
   * @param create whether {@link #open} creates the page if there is none
   */
  PosixGenerations(Path runDirectory, boolean create, SharedAccess access, OwnerThread owner) {
    this.directory = runDirectory.toAbsolutePath();
    this.path = page(directory);
    this.create = create;
    this.access = access;
    this.owner = owner;
  }

  /** The path of the page. */
  static Path page(Path runDirectory) {
    return runDirectory.resolve("config-versions");
  }

  @Override
  public @Nullable Generation open() throws IOException {
    try {
      return exists() ? owner.call(this::map) : null;
    } catch (FileSystemException e) {
      throw e; // names the file
    } catch (IOException e) {
      throw new IOException("opening failed: file=" + path + " reason=" + e.getMessage(), e);
    }
  }

  private boolean exists() throws IOException {
    try {
      SharedFiles.identity(path);
      return true;
    } catch (NoSuchFileException e) {
      if (!create) {
        return false;
      }
    }
    SharedFiles.openDirectory(directory, access);
    owner.run(
        () -> SharedFiles.createComplete(path, GenerationLayout.newPage(), access, access.mode()));
    return true;
  }

  private Generation map() throws IOException {
    OpenFile file = SharedFiles.open(path, READ, WRITE);
    try (FileChannel channel = file.channel()) {
      ByteBuffer page = GenerationLayout.map(path, channel, MapMode.READ_WRITE);
      return new MappedGeneration(path, file.identity(), page);
    }
  }

  private static final class MappedGeneration implements Generation {
    private final Path path;
    private final FileIdentity identity;
    private final ByteBuffer page;
    private final MappedWord counter;
    private long highest; // guarded by this
    private @Nullable String fault; // guarded by this

    MappedGeneration(Path path, FileIdentity identity, ByteBuffer page) {
      this.path = path;
      this.identity = identity;
      this.page = page;
      this.counter = new MappedWord(page, GenerationLayout.DATASTORE);
      this.highest = counter.get();
    }

    @Override
    public long get() {
      return counter.get();
    }

    @Override
    public long increment() {
      return counter.getAndAdd(1) + 1;
    }

    @Override
    public FileIdentity identity() {
      return identity;
    }

    @Override
    public synchronized boolean inPlace() throws IOException {
      fault = findFault();
      return fault == null;
    }

    @Override
    public synchronized @Nullable String fault() {
      return fault;
    }

    /** The fault that keeps this process from hearing the others, or null. */
    private @Nullable String findFault() throws IOException {
      long size = SharedFiles.sizeAt(path, identity);
      if (size < 0) {
        return "is no longer at its path";
      } else if (size < GenerationLayout.SIZE) {
        return "was cut short: size=" + size; // before any access to what is mapped
      } else if (!GenerationLayout.hasMagic(page)) {
        return "was overwritten";
      }
      long now = counter.get();
      if (Long.compareUnsigned(now, highest) < 0) {
        return "went back: generation=" + now + " before=" + highest;
      }
      highest = now;
      return null;
    }
  }
}
