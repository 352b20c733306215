package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Permissions as octal digits. */
final class Modes {
  private Modes() {}

  static String of(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode");
    return Integer.toOctalString(mode & 01777);
  }
}
