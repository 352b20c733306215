package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.ChangedLibrary;
import io.github.datastorelookup.verification.mutants.MutantException;
import io.github.datastorelookup.verification.mutants.MutantLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of the library on which layers run, or a failure is replayed.
 *
 * @param option {@code mutant} or {@code patch}; empty for the library as it is
 * @param value the mutant's id, or the file with the patch
 */
record LibraryChange(String option, String value) {
  private static final LibraryChange NONE = new LibraryChange("", "");
  private static final String PATCH = "patch";

  /** The one that the caller of this JVM chose. */
  static LibraryChange ofThisJvm() {
    String mutant = System.getProperty("mutant", "");
    String patch = System.getProperty(PATCH, "");
    if (!patch.isEmpty()) {
      return new LibraryChange(PATCH, patch);
    }
    boolean tried = System.getProperty("only", "").equals(MutantLayer.NAME); // by its own checks
    return mutant.isEmpty() || tried ? NONE : new LibraryChange("mutant", mutant);
  }

  boolean isNone() {
    return option.isEmpty();
  }

  boolean isPatch() {
    return option.equals(PATCH);
  }

  /** The option as the caller gave it, without {@code -D}. */
  String text() {
    return option + "=" + value;
  }

  /**
   * What it changes, as a unified diff.
   *
   * @throws IllegalArgumentException when there is no such mutant or file
   */
  String difference(RunSettings settings) throws IOException {
    if (isPatch()) {
      Path file = file(settings);
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(text() + ", there is no such file");
      }
      return Files.readString(file);
    }
    try {
      return ChangedLibrary.show(settings, value);
    } catch (MutantException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Compiles the library with it; returns the folder of its classes.
   *
   * @throws IllegalArgumentException when there is no such mutant or file
   * @throws MutantException when the change does not fit, or does not compile
   */
  Path library(RunSettings settings) throws MutantException, IOException {
    String unused = difference(settings);
    Path folder = settings.root().resolve("stress-tests/target/mutant");
    return isPatch()
        ? ChangedLibrary.patched(settings, file(settings), folder.resolve(PATCH))
        : ChangedLibrary.mutated(settings, value, folder.resolve(value));
  }

  private Path file(RunSettings settings) {
    return settings.root().resolve(value);
  }
}
