package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The open files of this process. */
final class Descriptors {
  private Descriptors() {}

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
