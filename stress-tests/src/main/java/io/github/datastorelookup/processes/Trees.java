package io.github.datastorelookup.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories, copied and deleted. */
final class Trees {
  private Trees() {}

  /** Copies a directory with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    for (Path each : all(from)) {
      Path copy = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(each, copy);
      }
    }
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path root) throws IOException {
    List<Path> all = all(root);
    Collections.reverse(all);
    for (Path each : all) {
      Files.delete(each);
    }
  }

  private static List<Path> all(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return new ArrayList<>(found.toList());
    }
  }
}
