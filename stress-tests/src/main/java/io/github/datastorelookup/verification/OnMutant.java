package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantException;
import io.github.datastorelookup.verification.mutants.MutatedLibrary;
import java.io.IOException;
import java.nio.file.Path;

/** What {@code -Dmutant=id} does: a run, or a replay, on the library with that mutant in it. */
final class OnMutant {
  private OnMutant() {}

  /**
   * What the mutant changes.
   *
   * @throws IllegalArgumentException when there is no such mutant
   */
  static String difference(RunSettings settings, String mutant) throws IOException {
    try {
      return MutatedLibrary.show(settings, mutant);
    } catch (MutantException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Compiles the library with the mutant; returns the folder of its classes.
   *
   * @throws IllegalArgumentException when there is no such mutant
   */
  static Path library(RunSettings settings, String mutant) throws IOException {
    String unused = difference(settings, mutant);
    Path folder = settings.root().resolve("stress-tests/target/mutant").resolve(mutant);
    return MutatedLibrary.compile(settings, mutant, folder);
  }
}
