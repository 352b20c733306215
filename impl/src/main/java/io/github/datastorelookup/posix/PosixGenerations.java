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
 * <p>If another program truncates the page under a running process, the next access throws {@code
 * InternalError}; Java cannot prevent it.
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
    return owner.call(
        () -> {
          SharedFiles.createComplete(path, GenerationLayout.newPage(), access, access.mode());
          return true;
        });
  }

  private Generation map() throws IOException {
    OpenFile file = SharedFiles.open(path, READ, WRITE);
    try (FileChannel channel = file.channel()) {
      ByteBuffer page = GenerationLayout.map(path, channel, MapMode.READ_WRITE);
      return new MappedGeneration(
          path, file.identity(), new MappedWord(page, GenerationLayout.DATASTORE));
    }
  }

  private record MappedGeneration(Path path, FileIdentity identity, MappedWord counter)
      implements Generation {
    @Override
    public long get() {
      return counter.get();
    }

    @Override
    public long increment() {
      return counter.getAndAdd(1) + 1;
    }

    @Override
    public boolean inPlace() throws IOException {
      return SharedFiles.isAt(path, identity);
    }
  }
}
