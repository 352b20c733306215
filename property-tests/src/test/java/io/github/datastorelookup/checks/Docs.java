package io.github.datastorelookup.checks;

import java.nio.file.Files;
import java.nio.file.Path;

/** The pages of the project. */
public final class Docs {
  private Docs() {}

  /** Their folder, whatever the working directory. */
  public static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(here.resolve("docs/protocol.md"))) {
      Path parent = here.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
      here = parent;
    }
    return here.resolve("docs");
  }
}
