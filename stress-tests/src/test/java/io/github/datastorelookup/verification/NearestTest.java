package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checks run first after a change. */
@Tag("runner")
final class NearestTest {
  private static final String IMPL = "impl/src/main/java/io/x/";
  private static final String TESTS = "property-tests/src/test/java/io/x/";

  private final Path root;

  NearestTest(@TempDir Path root) {
    this.root = root;
  }

  @BeforeEach
  void commit() throws IOException {
    write(
        IMPL + "Protocol.java",
        "class Protocol {",
        "  /** W1: a. */",
        "  void a() {",
        "    one(); // L2",
        "  }",
        "",
        "  /** W2: b. */",
        "  void b() {",
        "    two();",
        "  }",
        "}");
    write(IMPL + "Slot.java", "class Slot {}");
    write("docs/protocol.md", "W1: first.", "", "W2: second.");
    write(
        "stress-tests/mutants/w.md", "# Mutants", "### one", "Clause W1.", "### two", "Clause W2.");
    write(TESTS + "ATest.java", "/** Checks W1. */ class ATest { Slot slot; }");
    write(TESTS + "KTest.java", "@Tag(\"kills:one\") class KTest {}");
    write(TESTS + "BTest.java", "/** Checks W2, W11. */ class BTest {}");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "m");
  }

  private void write(String file, String... lines) throws IOException {
    Path path = root.resolve(file);
    Path unused = Files.createDirectories(path.resolveSibling(""));
    Path unused2 = Files.write(path, List.of(lines));
  }

  private void git(String... arguments) throws IOException {
    String unused = Git.output(root, arguments);
  }

  private Set<String> changed() throws IOException {
    return Changes.since("HEAD", root);
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = root.resolve(file);
    Path unused = Files.writeString(path, Files.readString(path).replace(from, to));
  }

  @Test
  void changeInAMemberOfTheProtocol_isOfTheClausesOfThatMember() throws IOException {
    assertEquals(Set.of(), changed());
    replace(IMPL + "Protocol.java", "two();", "three();");
    assertEquals(Set.of("W2"), changed());
    replace(IMPL + "Protocol.java", "one();", "three();");
    assertEquals(Set.of("L2", "W1", "W2"), changed());
  }

  @Test
  void changeInAClauseOfThePage_isOfThatClause() throws IOException {
    replace("docs/protocol.md", "second", "third");
    assertEquals(Set.of("W2"), changed());
  }

  @Test
  void changedClassAndMutant_haveTheirNames() throws IOException {
    replace(IMPL + "Slot.java", "{}", "{ }");
    replace("stress-tests/mutants/w.md", "Clause W1", "Clause W3");
    write(TESTS + "CTest.java", "class CTest {}");
    assertEquals(Set.of("Slot", "one", "CTest"), changed());
  }

  @Test
  void nearChecks_nameWhatChanged() throws IOException {
    NavigableSet<String> checks = new TreeSet<>(Set.of("io.x.ATest#a()", "io.x.BTest$In#b()"));
    NavigableSet<String> mutants = new TreeSet<>(Set.of("one", "two"));
    assertEquals(Set.of(), Nearest.since("HEAD", root).of("properties", checks));
    replace("docs/protocol.md", "first", "third"); // W1, which is not in W11
    Nearest first = Nearest.since("HEAD", root);
    assertEquals(Set.of("io.x.ATest#a()"), first.of("properties", checks));
    assertEquals(Set.of("one"), first.of("mutants", mutants));
    assertEquals(Set.of(), Nearest.since("", root).of("properties", checks));
    replace("docs/protocol.md", "second", "third");
    assertEquals(checks, Nearest.since("HEAD", root).of("properties", checks));
  }

  @Test
  void nearChecks_areInThePackageOfWhatChanged() throws IOException {
    NavigableSet<String> checks = new TreeSet<>(Set.of("io.x.BTest#b()", "io.x.sub.DTest$In#d()"));
    write(TESTS + "sub/DTest.java", "class DTest {}");
    replace(IMPL + "Slot.java", "{}", "{ }");
    assertEquals(
        Set.of("io.x.BTest#b()"),
        Nearest.to(new TreeSet<>(Set.of("Slot")), root).of("unit", checks));
  }

  @Test
  void nearChecks_killAMutantOfWhatChanged() throws IOException {
    NavigableSet<String> checks = new TreeSet<>(Set.of("io.x.KTest#k()"));
    replace("docs/protocol.md", "second", "third");
    assertEquals(Set.of(), Nearest.since("HEAD", root).of("unit", checks));
    replace("docs/protocol.md", "first", "third");
    assertEquals(checks, Nearest.since("HEAD", root).of("unit", checks));
  }

  @Test
  void nearMutants_changeCodeOfAClassThatChanged() throws IOException {
    write(IMPL + "Slot.java", "class Slot {\n  int one() {\n    return 1;\n  }\n}");
    String mutant =
        "### three\n\nIt is wrong.\n\n```diff\n  int one() {\n-   return 1;\n+   return 2;\n```\n";
    write(
        "stress-tests/mutants/s.md", mutant + mutant.replace("three", "four").replace("1;", "3;"));
    write(TESTS + "sub/DTest.java", "@Tag(\"kills:three\") class DTest {}");
    Nearest nearest = Nearest.to(new TreeSet<>(Set.of("Slot")), root);
    assertEquals(
        Set.of("three"), nearest.of("mutants", new TreeSet<>(Set.of("one", "three", "four"))));
    assertEquals(
        Set.of("io.x.sub.DTest#d()"),
        nearest.of("unit", new TreeSet<>(Set.of("io.x.sub.DTest#d()"))));
  }
}
