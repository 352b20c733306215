package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A tmpfs of a few pages. */
public final class SmallDisk implements AutoCloseable {
  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts it, or aborts the test where that is not allowed. */
  public static SmallDisk mount(Path parent, int kibibytes)
      throws IOException, InterruptedException {
    return mount(parent, "size=" + kibibytes + "k");
  }

  /** The same, with room for so many files and directories, its root included. */
  public static SmallDisk mountWithInodes(Path parent, int inodes)
      throws IOException, InterruptedException {
    return mount(parent, "nr_inodes=" + inodes);
  }

  private static SmallDisk mount(Path parent, String limit)
      throws IOException, InterruptedException {
    Path path = Files.createDirectory(parent.resolve("small"));
    if (!run("mount", "-t", "tmpfs", "-o", "mode=755," + limit, "none", path.toString())) {
      Assumptions.abort("declared: a full disk needs a tmpfs of its own: only root may mount one");
    }
    return new SmallDisk(path);
  }

  public Path path() {
    return path;
  }

  void remountReadOnly() throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount,ro", path.toString())) {
      throw new IOException("could not remount " + path);
    }
  }

  @Override
  public void close() {
    try {
      // Lazily: mappings live until they are garbage.
      run("umount", "-l", path.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no such program here
    }
  }
}
