package io.github.datastorelookup.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory of a datastore, for a process that has it to itself. {@link #repair} completes what
 * a process that was killed half way left.
 */
record Disk(Path path) {
  private static final String LOCK = ".lock";

  private Path away() {
    return path.resolveSibling(path.getFileName() + ".away");
  }

  private Path fresh() {
    return path.resolveSibling(path.getFileName() + ".fresh");
  }

  /** Whether a process died while it worked on the disk. */
  boolean broken() {
    return Files.exists(away()) || Files.exists(fresh());
  }

  /** Unplugs the disk, and plugs it in again. */
  void takeAwayAndBack() throws IOException {
    move(path, away());
    move(away(), path);
  }

  /** Replaces the disk by another one: the same path, another {@code .lock}. */
  void exchange() throws IOException {
    Files.createDirectories(fresh());
    Files.createFile(fresh().resolve(LOCK));
    move(path, away());
    move(fresh(), path);
    delete(away());
  }

  /** Completes what a dead process began. */
  void repair() throws IOException {
    if (Files.exists(path)) {
      delete(away());
    } else if (Files.exists(away())) {
      move(away(), path);
    }
    delete(fresh());
  }

  /** Removes the disk for ever. */
  void remove() throws IOException {
    delete(path);
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(LOCK));
    Files.deleteIfExists(directory);
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      throw new IOException("another process works on it: from=" + from + " to=" + to);
    }
    if (!Files.exists(from)) {
      throw new NoSuchFileException(from.toString());
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
