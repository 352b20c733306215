package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.RunSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The library with one of the mutants in it, as class files, for whoever runs it in another JVM.
 */
public final class PatchedLibrary {
  private PatchedLibrary() {}

  /**
   * Copies, patches and compiles it.
   *
   * @param mutant its id
   * @param folder where the copy goes
   * @return the folder of classes
   * @throws MutantException when it does not apply or compile
   * @throws IOException when there is no such mutant, or nothing can be written
   */
  public static Path compile(RunSettings settings, String mutant, Path folder)
      throws MutantException, IOException {
    Path patch = settings.root().resolve("stress-tests/mutants/" + mutant + ".patch");
    return LibraryCopy.make(
            settings.root().resolve("impl/src/main/java"),
            folder,
            MutantReader.read(patch).diff(),
            System.getProperty("java.class.path"))
        .classes();
  }
}
