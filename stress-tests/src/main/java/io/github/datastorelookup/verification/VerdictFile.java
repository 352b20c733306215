package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file named after the verdict of the last run, for Maven: a build that fails because of a file
 * prints one line, while one that fails because of an exit code prints a stack trace.
 */
final class VerdictFile {
  private final Path folder;

  /** Deletes the file of the run before. */
  VerdictFile(Path root) throws IOException {
    String shard = System.getProperty("shard", ""); // "2/5": a folder in a folder, as in the pom
    folder = Files.createDirectories(root.resolve("stress-tests/target/verdict").resolve(shard));
    for (RunVerdict each : RunVerdict.values()) {
      boolean unused = Files.deleteIfExists(folder.resolve(each.toString()));
    }
  }

  void write(RunVerdict verdict) throws IOException {
    Path unused = Files.writeString(folder.resolve(verdict.toString()), verdict + "\n");
  }
}
