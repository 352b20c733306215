package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/mutants.md} say what the headers of the patches say, each once. */
@Tag("runner")
class MutantTablesTest {
  private final List<String> rows = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();

  MutantTablesTest() throws IOException, MutantException {
    for (String line : Files.readAllLines(Repository.root().resolve("docs/mutants.md"))) {
      if (line.matches("\\|[^|]*\\| `[^|]*` \\|.*")) {
        rows.add(line);
      }
    }
    try (Stream<Path> patches = Files.list(Repository.root().resolve("stress-tests/mutants"))) {
      for (Path patch : patches.toList()) {
        headers.add(row(MutantReader.read(patch)));
      }
    }
    assertTrue(headers.size() >= 100, "the patches were not found: " + headers);
  }

  private static String row(Mutant mutant) {
    return String.format(
        "| %s | `%s` | %s | %s | %s |",
        mutant.story(), mutant.id(), mutant.clause(), mutant.invariant(), mutant.layer());
  }

  @Test
  void everyPatch_hasItsRow() {
    List<String> missing = new ArrayList<>(headers);
    missing.removeAll(rows);
    assertEquals(List.of(), missing);
  }

  @Test
  void everyRow_isOfAPatch() {
    List<String> strange = new ArrayList<>(rows);
    strange.removeAll(headers);
    assertEquals(List.of(), strange);
  }

  @Test
  void noRow_isThereTwice() {
    assertEquals(new TreeSet<>(rows).size(), rows.size());
  }
}
