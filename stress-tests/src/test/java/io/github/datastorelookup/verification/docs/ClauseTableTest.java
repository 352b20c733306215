package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.mutants.MutantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every clause and every invariant of {@code docs/protocol.md} is held by something, and {@code
 * docs/clauses.md} says by what.
 */
@Tag("runner")
class ClauseTableTest {
  /** The checks of this project that kill it are those of a made-up one as well. */
  private static final String MUTANT =
      """
      ### idle-ignores-writes

      Something goes wrong. Clauses %s; breaks %s.

      ```diff
      - a
      + b
      ```
      """;

  private final Path madeUp;

  ClauseTableTest(@TempDir Path madeUp) {
    this.madeUp = madeUp;
  }

  @Test
  void clausesAndInvariants_ofTheProtocol_haveAllThatHoldsThem()
      throws IOException, MutantException {
    assertEquals(List.of(), ClauseTable.read(Repository.root()).gaps());
  }

  @Test
  void page_whenItIsMadeAgain_isTheCommittedOne() throws IOException, MutantException {
    Path file = Repository.root().resolve("docs/clauses.md");
    String made = ClauseTable.read(Repository.root()).page();
    assertTrue(made.lines().count() >= 60, made);
    if (Boolean.getBoolean("clauses.write")) {
      Files.writeString(file, made);
    } else {
      assertEquals(made, Files.readString(file), "run: " + ClauseTable.REWRITE);
    }
  }

  @Test
  void clause_withAllOfIt_isNoGapAndHasItsRow() throws IOException, MutantException {
    write("docs/protocol.md", "## A save\n| S1 | Save. |\n| INV-1 | one | It holds. |\n");
    write("impl/src/main/java/io/github/datastorelookup/A.java", "/** It saves (S1). */\n");
    write("stress-tests/mutants/page.md", MUTANT.formatted("S1", "INV-1"));
    write("docs/traces/traces.jsonl", "{\"id\":\"some-trace\",\"clauses\":[\"S1\"]}\n");
    ClauseTable table = ClauseTable.read(madeUp);
    assertEquals(List.of(), table.gaps());
    String row =
        "| [S1](protocol.md#a-save)"
            + " | [`A`](../impl/src/main/java/io/github/datastorelookup/A.java)"
            + " | `WordOracleTest#idle_withOneOperation_isFalse`<br>1 trace | `idle-ignores-writes` |";
    assertTrue(table.page().lines().anyMatch(row::equals), table.page());
  }

  @Test
  void clauseOrInvariant_withNothing_isAGapForEachThing() throws IOException, MutantException {
    write("docs/protocol.md", "| S1 | Save. |\n| INV-1 | one | It holds. |\n");
    assertEquals(
        List.of(
            "S1 is cited by no comment of impl",
            "S1 has no check",
            "S1 has no mutant",
            "INV-1 has no check",
            "INV-1 has no mutant"),
        ClauseTable.read(madeUp).gaps());
  }

  @Test
  void clause_namedInAString_isNotCited() throws IOException, MutantException {
    write("docs/protocol.md", "| S3 | Save. |\n| INV-1 | one | It holds. |\n");
    write("impl/src/main/java/io/github/datastorelookup/A.java", "String a = \"S3 refresh\";\n");
    write("stress-tests/mutants/page.md", MUTANT.formatted("S3", "INV-1"));
    assertEquals(List.of("S3 is cited by no comment of impl"), ClauseTable.read(madeUp).gaps());
  }

  @Test
  void clauses_citedAsARange_areAllCited() throws IOException, MutantException {
    write("docs/protocol.md", "| W1 | a |\n| W2 | b |\n| W3 | c |\n| INV-1 | one | It holds. |\n");
    write("impl/src/main/java/io/github/datastorelookup/A.java", "int a; // W1 to W3\n");
    write("stress-tests/mutants/page.md", MUTANT.formatted("W1, W2, W3", "INV-1"));
    assertEquals(List.of(), ClauseTable.read(madeUp).gaps());
  }

  @Test
  void clause_thatIsNotInTheProtocol_isAGapOfWhoNamesIt() throws IOException, MutantException {
    write("docs/protocol.md", "| S1 | Save. |\n| INV-1 | one | It holds. |\n");
    write("impl/src/main/java/io/github/datastorelookup/A.java", "int a; // S1, S7\n");
    write("stress-tests/mutants/page.md", MUTANT.formatted("S1, S8", "INV-1"));
    assertEquals(
        List.of(
            "code=[A] names S7, which docs/protocol.md has not",
            "check=[WordOracleTest#idle_withOneOperation_isFalse] names S8, which docs/protocol.md has not",
            "mutant=[idle-ignores-writes] names S8, which docs/protocol.md has not"),
        ClauseTable.read(madeUp).gaps());
  }

  private void write(String file, String text) throws IOException {
    Path path = madeUp.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
