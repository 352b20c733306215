package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.RunSettings;
import java.io.IOException;
import java.nio.file.Path;

/** The library with one of the mutants in it: as a diff, or compiled to be run in another JVM. */
public final class MutatedLibrary {
  private MutatedLibrary() {}

  /** The library's sources. */
  static Path sources(Path root) {
    return root.resolve("impl/src/main/java");
  }

  /**
   * Mutates and compiles a copy.
   *
   * @param mutant its id
   * @param folder where the copy goes
   * @return the folder of classes
   * @throws IOException also when there is no such mutant, or it does not apply or compile
   */
  public static Path compile(RunSettings settings, String mutant, Path folder) throws IOException {
    try {
      return LibraryCopy.make(
              SourceTree.read(sources(settings.root())),
              folder,
              mutant(settings, mutant).replacements(),
              System.getProperty("java.class.path"))
          .classes();
    } catch (MutantException e) {
      throw new IOException("mutant=" + mutant, e);
    }
  }

  /**
   * What the mutant changes in the sources as they are now, as a unified diff.
   *
   * @param mutant its id
   * @throws MutantException when there is no such mutant, or it does not apply
   */
  public static String show(RunSettings settings, String mutant)
      throws MutantException, IOException {
    SourceTree now = SourceTree.read(sources(settings.root()));
    return now.diffTo(now.with(mutant(settings, mutant).replacements()));
  }

  private static Mutant mutant(RunSettings settings, String id)
      throws MutantException, IOException {
    return MutantPages.read(MutantPages.folder(settings.root())).get(id);
  }
}
