package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every clause and every invariant of {@code docs/protocol.md} is held by something, and {@code
 * docs/reference/clauses.md} says by what.
 */
@Tag("runner")
class ClauseTableTest {
  private static final String CODE = "impl/src/main/java/io/github/datastorelookup/A.java";
  private static final String MUTANTS = "stress-tests/mutants/saves.md";
  private static final String MUTANT =
      """
      ### some-mutant

      Something goes wrong. %s; breaks %s.

      ```diff
      - a
      + b
      ```
      """;
  private static final TaggedCheck CHECK = check("ATest#a", "kills:some-mutant");

  private final Path madeUp;

  /** A made-up project without a gap: one clause, one invariant, and one of each kind. */
  ClauseTableTest(@TempDir Path madeUp) throws IOException {
    this.madeUp = madeUp;
    write("docs/protocol.md", "## A save\n| S1 | Save. |\n| INV-1 | one | It holds. |\n");
    write(CODE, "/** It saves (S1). */\n");
    write(MUTANTS, String.format(Locale.ROOT, MUTANT, "Clause S1", "INV-1"));
    race("A", "Clause S1; INV-1.");
    write("docs/reference/traces/traces.jsonl", "{\"id\":\"some-trace\",\"clauses\":[\"S1\"]}\n");
  }

  private static TaggedCheck check(String name, String... tags) {
    return new TaggedCheck(name, "impl/src/test/java/ATest.java", Set.of(tags));
  }

  private void race(String name, String claim) throws IOException {
    write(
        RaceSource.FOLDER + "/" + name + ".java",
        "/**\n * <p>" + claim + "\n */\n@JCStressTest\npublic class " + name + " {}\n");
  }

  private List<String> gaps(TaggedCheck... checks) throws IOException {
    return ClauseTable.read(madeUp, List.of(checks)).gaps();
  }

  @Test
  void clausesAndInvariants_ofTheProtocol_haveAllThatHoldsThem() throws IOException {
    assertEquals(
        "",
        String.join("\n", ClauseTable.read(Repository.root()).gaps()),
        "docs/reference/clauses.md");
  }

  @Test
  void page_whenItIsMadeAgain_isTheCommittedOne() throws IOException {
    Path file = Repository.root().resolve("docs/reference/clauses.md");
    String made = ClauseTable.read(Repository.root()).page();
    assertTrue(made.lines().count() >= 60, made);
    if (Boolean.getBoolean("clauses.write")) {
      Files.writeString(file, made);
    } else {
      assertEquals(made, Files.readString(file), "run: " + ClauseTable.REWRITE);
    }
  }

  @Test
  void check_ofThisRepository_isLinkedToItsSource() throws IOException {
    List<TaggedCheck> checks = TaggedCheck.compiled(Repository.root());
    assertTrue(checks.size() >= 100, checks.size() + " checks");
    for (TaggedCheck each : checks) {
      assertTrue(Files.exists(Repository.root().resolve(each.source())), each.toString());
    }
  }

  @Test
  void clauseAndInvariant_withAllOfIt_areNoGapsAndHaveTheirRows() throws IOException {
    ClauseTable table = ClauseTable.read(madeUp, List.of(CHECK));
    assertEquals(List.of(), table.gaps());
    String check = "[`ATest#a`](../../impl/src/test/java/ATest.java)";
    String race = "[`A`](../../" + RaceSource.FOLDER + "/A.java)";
    String mutant = "[`some-mutant`](../../stress-tests/mutants/saves.md#some-mutant)";
    List<String> rows =
        List.of(
            String.format(
                Locale.ROOT,
                "| [S1](../protocol.md#a-save) | [`A`](../../%s) | %s<br>1 trace | %s | %s |",
                CODE,
                check,
                race,
                mutant),
            String.format(
                Locale.ROOT,
                "| [INV-1](../protocol.md#invariants) one | %s | %s | %s |",
                check,
                race,
                mutant));
    assertEquals(
        rows,
        table.page().lines().filter(line -> line.matches("\\| \\[(S1|INV-1)].*")).toList(),
        table.page());
  }

  @Test
  void clauseOrInvariant_withNothing_isAGapForEachThing() throws IOException {
    Files.delete(madeUp.resolve(CODE));
    Files.delete(madeUp.resolve(MUTANTS));
    Files.delete(madeUp.resolve(RaceSource.FOLDER + "/A.java"));
    assertEquals(
        List.of(
            "S1 is cited by no comment of impl",
            "S1 has no check",
            "S1 has no mutant",
            "S1 has no race, and docs/reference/races.md does not say why",
            "INV-1 has no check",
            "INV-1 has no mutant",
            "INV-1 has no race, and docs/reference/races.md does not say why"),
        gaps());
  }

  @Test
  void invariant_thatACheckIsTaggedWith_hasACheck() throws IOException {
    assertEquals(List.of("S1 has no check"), gaps(check("ATest#a", "INV-1")));
  }

  @Test
  void check_withTagsOfAnotherKind_holdsNothing() throws IOException {
    assertEquals(
        List.of("S1 has no check", "INV-1 has no check"),
        gaps(check("ATest#a", "runner", "some-mutant", "S1")));
  }

  @Test
  void clause_withoutARace_isNoGapIfThePageOfRacesSaysWhy() throws IOException {
    race("A", "Clause S2; INV-1.");
    write(
        "docs/protocol.md",
        "## A save\n| S1 | Save. |\n| S2 | Bump. |\n| INV-1 | one | It holds. |\n");
    write(CODE, "/** It saves (S1, S2). */\n");
    write(MUTANTS, String.format(Locale.ROOT, MUTANT, "Clauses S1, S2", "INV-1"));
    assertEquals(
        List.of("S1 has no race, and docs/reference/races.md does not say why"), gaps(CHECK));
    write("docs/reference/races.md", "| clause | why |\n|---|---|\n| S1 | One thread. |\n");
    ClauseTable table = ClauseTable.read(madeUp, List.of(CHECK));
    assertEquals(List.of(), table.gaps());
    assertTrue(table.page().contains(" | One thread. | "), table.page());
  }

  @Test
  void clause_withARaceAndAReasonForNone_isAGap() throws IOException {
    write("docs/reference/races.md", "| S1 | One thread. |\n");
    assertEquals(
        List.of("S1 has a race, and docs/reference/races.md says why it has none"), gaps(CHECK));
  }

  @Test
  void clause_namedInAString_isNotCited() throws IOException {
    write(CODE, "String a = \"S1 refresh\";\n");
    assertEquals(List.of("S1 is cited by no comment of impl"), gaps(CHECK));
  }

  @Test
  void clauses_namedAsARange_areNotCited() throws IOException {
    for (String range :
        List.of(
            "int a; // S1 to S3\n",
            "/** Saves: S1-S3. */\n",
            "/** Saves: S0–S1. */\n",
            "/**\n * Saves: S1\n * to S3.\n */\n",
            "/** Saves: S1-3. */\n")) {
      write(CODE, range);
      assertEquals(List.of("S1 is cited by no comment of impl"), gaps(CHECK), range);
    }
  }

  @Test
  void clause_citedExactly_isCited() throws IOException {
    for (String comment :
        List.of("int a; // S1, S1\n", "/** From S1 to INV-1. */\n", "/*\n * (S1)\n */\n")) {
      write(CODE, comment);
      assertEquals(List.of(), gaps(CHECK), comment);
    }
  }

  @Test
  void ids_thatAreNotThere_areAGapOfWhatNamesThem() throws IOException {
    write(CODE, "int a; // S1, S7\n");
    write(MUTANTS, String.format(Locale.ROOT, MUTANT, "Clauses S1, S8", "INV-1"));
    race("B", "Clause S9; INV-10.");
    write("docs/reference/races.md", "| INV-11 | One thread. |\n");
    write("docs/reference/traces/traces.jsonl", "{\"id\":\"some-trace\",\"clauses\":[\"S6\"]}\n");
    assertEquals(
        List.of(
            "code=[A] names S7, which is not there",
            "check=[ATest#b] names INV-12, which is not there",
            "check=[ATest#a] names S8, which is not there",
            "check=[ATest#b] names no-mutant, which is not there",
            "race=[B] names INV-10, which is not there",
            "race=[B] names S9, which is not there",
            "without_race=[One thread.] names INV-11, which is not there",
            "trace=[some-trace] names S6, which is not there",
            "mutant=[some-mutant] names S8, which is not there"),
        gaps(CHECK, check("ATest#b", "kills:no-mutant", "INV-12")));
  }

  private void write(String file, String text) throws IOException {
    Path path = madeUp.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
