package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every clause and every invariant of {@code docs/protocol.md} is in the code, and has a mutant.
 */
@Tag("runner")
class ClausesTest {
  private static final Pattern CLAUSE_ROW = Pattern.compile("\\| ([A-Z]\\d) \\| .*");
  private static final Pattern RANGE = Pattern.compile("\\b([A-Z])(\\d) to \\1(\\d)\\b");
  private static final Pattern ID = Pattern.compile("\\b[SWLDRETM]\\d\\b");

  private final Set<String> clauses = new TreeSet<>();
  private final List<Mutant> mutants = new ArrayList<>();

  ClausesTest() throws IOException, MutantException {
    for (String line : Files.readAllLines(Repository.root().resolve("docs/protocol.md"))) {
      Matcher row = CLAUSE_ROW.matcher(line);
      if (row.matches()) {
        clauses.add(row.group(1));
      }
    }
    for (Path patch : files("stress-tests/mutants", ".patch")) {
      mutants.add(MutantReader.read(patch));
    }
    assertTrue(clauses.size() >= 30, "the tables were not found: " + clauses);
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void everyClause_isCitedByTheCode() throws IOException {
    Set<String> cited = new TreeSet<>();
    for (Path file :
        files("impl/src/main/java/io/github/datastorelookup", ".java").stream()
            .filter(file -> file.resolveSibling("Protocol.java").toFile().exists())
            .toList()) {
      cited.addAll(ids(Files.readString(file)));
    }
    assertNoneMissing(clauses, cited);
  }

  @Test
  void everyClause_hasAMutantThatLeavesItOut() {
    Set<String> broken =
        mutants.stream()
            .flatMap(mutant -> Arrays.stream(mutant.clause().split(", ")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertNoneMissing(clauses, broken);
  }

  @Test
  void everyInvariant_isBrokenByAMutant() {
    Set<String> all =
        IntStream.rangeClosed(1, 14)
            .mapToObj(n -> "INV-" + n)
            .collect(Collectors.toCollection(TreeSet::new));
    assertNoneMissing(
        all,
        mutants.stream().map(Mutant::invariant).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** "W1 to W5" names five. */
  private static Set<String> ids(String text) {
    Set<String> found = new TreeSet<>();
    Matcher range = RANGE.matcher(text);
    while (range.find()) {
      for (int n = Integer.parseInt(range.group(2)); n <= Integer.parseInt(range.group(3)); n++) {
        found.add(range.group(1) + n);
      }
    }
    Matcher id = ID.matcher(text);
    while (id.find()) {
      found.add(id.group());
    }
    return found;
  }

  private static void assertNoneMissing(Set<String> expected, Set<String> found) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    assertEquals(Set.of(), missing);
  }
}
