package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file named after the verdict of the last run, for Maven. A build that fails because of a file
 * prints one line; one that fails because of an exit code prints a stack trace.
 *
 * <p>Beside it is one named after the build that started the run. Maven asks for it, as a JVM that
 * never came to a verdict leaves nothing, or the verdict of a run before.
 */
final class VerdictFile {
  private final Path folder;

  /**
   * Deletes the files of the run before.
   *
   * @throws IllegalArgumentException when there is no such shard
   */
  VerdictFile(Path root) throws IOException {
    Shard unused = Shard.current(); // before a folder has its name
    String shard = System.getProperty("shard", ""); // "2/5": a folder in a folder, as in the pom
    folder = Files.createDirectories(root.resolve("stress-tests/target/verdict").resolve(shard));
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> old = all.filter(Files::isRegularFile).toList();
      for (Path each : old) {
        Files.delete(each);
      }
    }
  }

  void write(RunVerdict verdict) throws IOException {
    Path unused = Files.writeString(folder.resolve(verdict.toString()), verdict + "\n");
    String build = System.getProperty("build", "");
    if (!build.isEmpty()) {
      Path unused2 = Files.writeString(folder.resolve("of-" + build), verdict + "\n");
    }
  }
}
