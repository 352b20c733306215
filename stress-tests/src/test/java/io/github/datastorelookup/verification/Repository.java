package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the sources are, whatever the working directory. */
public final class Repository {
  private static final String PACKAGE = "io/github/datastorelookup";

  private Repository() {}

  /** The folder of the parent pom. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("impl/src/main/java"))) {
      Path parent = here.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
      here = parent;
    }
    return here;
  }

  /** The folders that the fixtures and what they use were compiled into. */
  public static List<Path> checkFolders() {
    return List.of(
        root().resolve("property-tests/target/classes"),
        root().resolve("property-tests/target/test-classes"),
        root().resolve("stress-tests/target/test-classes"));
  }

  /** A folder of sources that holds this one source of the library alone. */
  public static Path copyOf(String source, Path folder) throws IOException {
    Path target = folder.resolve(PACKAGE).resolve(source);
    Files.createDirectories(target.getParent());
    Files.copy(root().resolve("impl/src/main/java").resolve(PACKAGE).resolve(source), target);
    return folder;
  }
}
