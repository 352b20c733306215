package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.KeptRuns;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the library's sources, changed or not, compiled in this JVM.
 *
 * @param sources the folder of its sources
 * @param classes the folder of its class files
 */
record LibraryCopy(Path sources, Path classes) {
  /** A copy that is still empty; what was in this folder is deleted. */
  static LibraryCopy in(Path folder) throws IOException {
    KeptRuns.deleteTree(folder);
    return new LibraryCopy(
        Files.createDirectories(folder.resolve("sources")),
        Files.createDirectories(folder.resolve("classes")));
  }

  /**
   * Copies, makes the replacements, and compiles.
   *
   * @param original the sources, {@code impl/src/main/java}
   * @param folder where the copy goes; what was in it is deleted
   * @param classpath what the library is compiled against
   */
  static LibraryCopy make(
      SourceTree original, Path folder, List<Replacement> replacements, String classpath)
      throws MutantException, IOException {
    LibraryCopy copy = in(folder);
    original.with(replacements).write(copy.sources);
    return copy.compile(classpath);
  }

  /** Compiles it. */
  LibraryCopy compile(String classpath) throws MutantException, IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8);
        Stream<Path> tree = Files.walk(sources)) {
      List<Path> units = tree.filter(LibraryCopy::isOnTheClassPath).toList();
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-nowarn",
              "-parameters",
              "-g",
              "-classpath",
              classpath,
              "-d",
              classes.toString());
      StringWriter other = new StringWriter();
      boolean compiled =
          compiler
              .getTask(other, files, said, options, null, files.getJavaFileObjectsFromPaths(units))
              .call();
      if (!compiled) {
        throw new MutantException("it does not compile: " + errors(said) + other);
      }
    }
    return this;
  }

  /** The copy runs on the class path, where a module's declaration says nothing. */
  private static boolean isOnTheClassPath(Path file) {
    return file.toString().endsWith(".java") && !file.endsWith("module-info.java");
  }

  private static String errors(DiagnosticCollector<JavaFileObject> said) {
    return said.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::toString)
        .reduce("", (all, one) -> all + one + "\n");
  }
}
