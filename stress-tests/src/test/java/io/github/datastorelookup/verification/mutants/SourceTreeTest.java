package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replacement changes the one place that has its tokens, or says where it nearly fits. */
@Tag("runner")
final class SourceTreeTest {
  private static final String SOURCE =
      """
      class A {
        int one() {
          return b(1, "// no comment"); // one
        }

        /* two */
        int two() {
          c();
          return b(2, "x");
        }

        int three() {
          c();
          return b(3, "x");
        }
      }
      """;

  private final Path folder;
  private SourceTree tree;

  SourceTreeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void readSource() throws IOException {
    Files.writeString(folder.resolve("A.java"), SOURCE);
    tree = SourceTree.read(folder);
  }

  @Test
  void removedAndAddedLines_replaceTheTokens_whateverTheLinesAre() throws Exception {
    String changed = changed("  int one() { return", "-   b(1,", "-   \"// no comment\");", "+ 5;");
    assertEquals(SOURCE.replace("b(1, \"// no comment\"); // one", "5;"), changed);
  }

  @Test
  void addedLines_goBehindTheTokenBeforeThem() throws Exception {
    String changed = changed("  c();", "+ d();", "  return b(3");
    assertTrue(changed.replaceAll("\\s+", " ").contains("c(); d(); return b(3,"), changed);
    assertTrue(changed.replaceAll("\\s+", " ").contains("c(); return b(2,"), changed);
  }

  @Test
  void addedLines_atTheBeginning_goInFrontOfTheirContext() throws Exception {
    String changed = changed("+ private", "  int two()");
    assertTrue(changed.replaceAll("\\s+", " ").contains("private int two()"), changed);
  }

  @Test
  void secondReplacement_seesWhatTheFirstOneMade() throws Exception {
    Replacement first = new Replacement(List.of("  b(2,", "- \"x\"", "+ \"y\""));
    Replacement second = new Replacement(List.of("- \"y\"", "+ \"z\""));
    assertEquals(
        SOURCE.replace("b(2, \"x\")", "b(2, \"z\")"), text(tree.with(List.of(first, second))));
  }

  @Test
  void tokensOfAnotherName_doNotFit() {
    assertRefused("fit nowhere", "- bb(2, \"x\")", "+ 1");
  }

  @Test
  void tokensInsideAString_doNotFit() {
    assertRefused("fit nowhere", "- no", "+ yes");
  }

  @Test
  void replacementThatFitsNowhere_namesTheNearestPlace() {
    assertRefused(
        "block 1 of 1: 10 tokens, from 'int other() {' on, fit nowhere;"
            + " nearest: A.java:7 has 9 of them, but 'two' instead of 'other' in line 7;",
        "  int other() {",
        "    c();",
        "-   return");
  }

  @Test
  void replacementThatFitsTwice_namesBothPlaces() {
    assertRefused("fit in 2 places: A.java:8, A.java:13", "- c();");
  }

  @Test
  void replacementWithoutAPlace_isRefused() {
    assertRefused("no token says where it goes", "+ c();", "  // two");
  }

  @Test
  void replacementByTheSameTokens_isRefused() {
    assertRefused("it changes no token", "- b(3, \"x\")", "+ b( 3,", "+ \"x\" /* other */)");
  }

  @Test
  void replacementThatIsNoJava_isRefusedInOneLine() {
    String message = assertRefused("no Java tokens: ", "- b(3, \"x\")", "+ \"unterminated");
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void addedLines_areIndentedAsTheirPlace() throws Exception {
    String changed = changed("  c();", "+ if (d) {", "+   d();", "+ }", "  return b(3");
    assertTrue(
        changed.contains("    c();\n    if (d) {\n      d();\n    }\n    return b(3"), changed);
  }

  @Test
  void diff_showsWhatChanged() throws Exception {
    SourceTree mutated =
        tree.with(List.of(new Replacement(List.of("- b(3, \"x\")", "+ b(4, \"x\")"))));
    String diff = tree.diffTo(mutated);
    assertTrue(diff.startsWith("--- a/impl/src/main/java/A.java\n+++ b/impl"), diff);
    assertTrue(diff.contains("\n-    return b(3, \"x\");\n+    return b(4, \"x\");\n"), diff);
    assertEquals("", tree.diffTo(tree));
  }

  private String changed(String... lines) throws MutantException, IOException {
    return text(tree.with(List.of(new Replacement(List.of(lines)))));
  }

  private String text(SourceTree changed) throws IOException {
    changed.write(folder.resolve("changed"));
    return Files.readString(folder.resolve("changed/A.java"));
  }

  private String assertRefused(String message, String... lines) {
    List<Replacement> replacements = List.of(new Replacement(List.of(lines)));
    MutantException thrown = assertThrows(MutantException.class, () -> tree.with(replacements));
    String said = String.valueOf(thrown.getMessage());
    assertTrue(said.contains(message), said);
    return said;
  }
}
