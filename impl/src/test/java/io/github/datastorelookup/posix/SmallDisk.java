package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A tmpfs of a few pages. */
final class SmallDisk implements AutoCloseable {
  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts it, or aborts the test where that is not allowed. */
  static SmallDisk mount(Path parent, int kibibytes) throws IOException, InterruptedException {
    Path path = Files.createDirectory(parent.resolve("small"));
    if (!run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "none", path.toString())) {
      Assumptions.abort("declared: a full disk needs a tmpfs of its own: only root may mount one");
    }
    return new SmallDisk(path);
  }

  Path path() {
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
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
