package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.RunSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The library with a mutant or a patch in it: as a diff, or compiled to be run in another JVM. */
public final class ChangedLibrary {
  private static final String SOURCES = "impl/src/main/java";
  private static final Pattern FILE = Pattern.compile("(?m)^(?:---|\\+\\+\\+) [ab]?/(\\S+)");
  private static final int LEADING_FOLDERS = 5; // a/ and those of SOURCES

  private ChangedLibrary() {}

  /** The library's sources. */
  static Path sources(Path root) {
    return root.resolve(SOURCES);
  }

  /**
   * Mutates and compiles a copy.
   *
   * @param mutant its id
   * @param folder where the copy goes
   * @return the folder of classes
   * @throws MutantException when there is no such mutant, or it does not apply or compile
   */
  public static Path mutated(RunSettings settings, String mutant, Path folder)
      throws MutantException, IOException {
    return LibraryCopy.make(
            SourceTree.read(sources(settings.root())),
            folder,
            mutant(settings, mutant).replacements(),
            System.getProperty("java.class.path"))
        .classes();
  }

  /**
   * Patches and compiles a copy.
   *
   * @param patch a file as {@code git diff} writes it, which changes the library's sources only
   * @param folder where the copy goes
   * @return the folder of classes
   * @throws MutantException when it changes anything else, does not apply, or does not compile
   */
  public static Path patched(RunSettings settings, Path patch, Path folder)
      throws MutantException, IOException {
    requireOnlySources(Files.readString(patch));
    LibraryCopy copy = LibraryCopy.in(folder);
    SourceTree.read(sources(settings.root())).write(copy.sources());
    apply(patch.toAbsolutePath(), copy.sources());
    return copy.compile(System.getProperty("java.class.path")).classes();
  }

  private static void requireOnlySources(String patch) throws MutantException {
    Matcher header = FILE.matcher(patch);
    boolean any = false;
    while (header.find()) {
      String file = header.group(1);
      any = true;
      if (!file.equals("dev/null") && !file.startsWith(SOURCES + "/")) {
        throw new MutantException("it changes " + file + ", which is not below " + SOURCES);
      }
    }
    if (!any) {
      throw new MutantException("it changes no file: write it with git diff");
    }
  }

  /** Outside of the repository: there git leaves out what is not below the current folder. */
  private static void apply(Path patch, Path sources) throws MutantException, IOException {
    ProcessBuilder git =
        new ProcessBuilder("git", "apply", "-p" + LEADING_FOLDERS, patch.toString())
            .directory(sources.toFile())
            .redirectErrorStream(true);
    git.environment().put("GIT_CEILING_DIRECTORIES", sources.resolveSibling("").toString());
    Process applying = git.start();
    String said = new String(applying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (applying.onExit().join().exitValue() != 0) {
      throw new MutantException("it does not apply: " + said.strip());
    }
  }

  /**
   * The mutant's change of the present sources, as a unified diff.
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
