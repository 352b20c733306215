package io.github.datastorelookup.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the sources are, whatever the working directory. */
public final class Repository {
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

  /** The number of the first line that contains this, in a source of the library. */
  public static int lineOf(String source, String text) {
    Path file = root().resolve("impl/src/main/java/io/github/datastorelookup").resolve(source);
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(text)) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("file=" + file + " has no line with " + text);
  }
}
