package io.github.datastorelookup.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory of a datastore, as those treat it who have it for themselves. Whoever is killed
 * half way leaves what {@link #repair} puts right.
 */
record Disk(Path path) {
  private static final String LOCK = ".lock";

  private Path away() {
    return path.resolveSibling(path.getFileName() + ".away");
  }

  private Path fresh() {
    return path.resolveSibling(path.getFileName() + ".fresh");
  }

  /** Whether somebody died with the disk in his hands. */
  boolean broken() {
    return Files.exists(away()) || Files.exists(fresh());
  }

  /** Unplugs it, and plugs it in again. */
  void takeAwayAndBack() throws IOException {
    move(path, away());
    move(away(), path);
  }

  /** Puts another disk into its place: the same path, another {@code .lock}. */
  void exchange() throws IOException {
    Files.createDirectories(fresh());
    Files.createFile(fresh().resolve(LOCK));
    move(path, away());
    move(fresh(), path);
    delete(away());
  }

  /** Ends what a dead process began. */
  void repair() throws IOException {
    if (Files.exists(path)) {
      delete(away());
    } else if (Files.exists(away())) {
      move(away(), path);
    }
    delete(fresh());
  }

  /** Removes it for ever. */
  void remove() throws IOException {
    delete(path);
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(LOCK));
    Files.deleteIfExists(directory);
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      throw new IOException("somebody else is at it: from=" + from + " to=" + to);
    }
    if (!Files.exists(from)) {
      throw new NoSuchFileException(from.toString());
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
