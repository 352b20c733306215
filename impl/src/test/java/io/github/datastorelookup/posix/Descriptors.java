package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The open files of this process. */
final class Descriptors {
  private Descriptors() {}

  /** What is open in this directory, or was there when it was deleted. */
  static List<String> below(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          String file = Files.readSymbolicLink(descriptor).toString();
          if (file.startsWith(directory + "/")) {
            found.add(file);
          }
        } catch (NoSuchFileException e) {
          // Closed meanwhile.
        }
      }
    }
    return found;
  }

  static boolean isOpen(Path file) throws IOException {
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
          return true;
        }
      }
      return false;
    }
  }
}
