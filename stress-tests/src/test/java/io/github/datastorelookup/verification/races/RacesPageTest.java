package io.github.datastorelookup.verification.races;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.races.NeedsCores;
import io.github.datastorelookup.races.WrongVersions;
import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.mutants.MutantPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.Outcome;

/** The tables of {@code docs/reference/races.md} are those of the races there are. */
@Tag("runner")
class RacesPageTest {
  private static final String PACKAGE = "io.github.datastorelookup.races.";
  private static final String FOLDER = "stress-tests/src/main/java/io/github/datastorelookup/races";
  private static final Pattern QUESTION = Pattern.compile("(?s)/\\*\\*\\s+\\*\\s(.*?\\?)");
  private static final Pattern MUTANT = Pattern.compile("mutant ([a-z-]+)");

  /** Begins a row of the results. */
  private static final Pattern RESULT = Pattern.compile("\\| `([A-Z][\\w.]+)` \\| `");

  private final List<String> lines;
  private final NavigableMap<String, Class<?>> races;

  RacesPageTest() throws IOException {
    lines = Files.readAllLines(Repository.root().resolve("docs/reference/races.md"));
    races = RaceScan.annotated(Repository.root().resolve("stress-tests/target/classes"));
    assertTrue(races.size() >= 40, "the races were not found: " + races.keySet());
  }

  /** What the first table says of a race; made from its source and its annotations. */
  private String row(String race, Class<?> type) throws IOException {
    String name = race.substring(PACKAGE.length());
    Path source = Repository.root().resolve(FOLDER).resolve(name + ".java");
    Matcher question = QUESTION.matcher(Files.readString(source));
    assertTrue(question.find(), name + " asks nothing");
    List<String> wrong = new ArrayList<>();
    for (String other : races.keySet()) {
      if (other.startsWith(race + ".")) {
        wrong.add("`" + other.substring(race.length() + 1) + "`");
      }
    }
    WrongVersions more = type.getAnnotation(WrongVersions.class);
    if (more != null) {
      Arrays.stream(more.mutants()).map(id -> "mutant `" + id + "`").forEach(wrong::add);
    }
    if (type.isAnnotationPresent(NeedsCores.class)) {
      wrong.add("needs three cores");
    }
    return String.format(
        Locale.ROOT,
        "| [`%s`](../../%s/%s.java) | %s | %s | %s |",
        name,
        FOLDER,
        name,
        question.group(1).replaceAll("\\s+\\*?\\s*", " "),
        String.join(", ", wrong),
        more == null
            ? ""
            : more.weakMemory().replace("weak memory", "[weak memory](memory-orders.md)"));
  }

  @Test
  void everyRace_hasItsRow() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Class<?>> race : races.entrySet()) {
      if (!race.getValue().isMemberClass()) {
        missing.add(row(race.getKey(), race.getValue()));
      }
    }
    missing.removeAll(lines);
    assertEquals(List.of(), missing, "rows to write:\n" + String.join("\n", missing) + "\n");
  }

  @Test
  void everyRace_canBeSeenToFail() {
    List<String> blind = new ArrayList<>();
    races.forEach(
        (race, type) -> {
          boolean twin = !races.subMap(race + ".", race + "/").isEmpty();
          if (!type.isMemberClass()
              && !twin
              && !type.isAnnotationPresent(WrongVersions.class)
              && !type.isAnnotationPresent(NeedsCores.class)) {
            blind.add(race);
          }
        });
    assertEquals(List.of(), blind, "neither a twin, nor a mutant, nor a word why not");
  }

  /** How {@link RaceGrade} tells them apart. */
  @Test
  void wrongVersions_andNoOtherRaces_expectSomethingInteresting() {
    races.forEach(
        (race, type) -> {
          JCStressMeta meta = type.getAnnotation(JCStressMeta.class);
          Class<?> listing = meta == null ? type : meta.value();
          boolean interesting =
              Arrays.stream(listing.getAnnotationsByType(Outcome.class))
                  .anyMatch(each -> each.expect() == Expect.ACCEPTABLE_INTERESTING);
          assertEquals(type.isMemberClass(), interesting, race);
        });
  }

  @Test
  void everyMutantThatIsNamed_isThere() throws IOException {
    Set<String> mutants =
        MutantPages.read(MutantPages.folder(Repository.root())).mutants().keySet();
    for (Class<?> type : races.values()) {
      WrongVersions wrong = type.getAnnotation(WrongVersions.class);
      if (wrong != null) {
        List<String> named = new ArrayList<>(List.of(wrong.mutants()));
        MUTANT.matcher(wrong.weakMemory()).results().forEach(found -> named.add(found.group(1)));
        for (String mutant : named) {
          assertTrue(mutants.contains(mutant), type + " names mutant=" + mutant);
        }
      }
    }
  }

  @Test
  void results_areOfAllThatTwoCoresRun() {
    TreeSet<String> expected = new TreeSet<>();
    races.forEach(
        (race, type) -> {
          if (!type.isAnnotationPresent(NeedsCores.class)) {
            expected.add(race.substring(PACKAGE.length()));
          }
        });
    TreeSet<String> found = new TreeSet<>();
    lines.stream()
        .map(RESULT::matcher)
        .filter(Matcher::lookingAt)
        .forEach(row -> found.add(row.group(1)));
    assertEquals(expected, found);
  }

  @Test
  void results_showNothingForbidden() {
    List<String> rows = lines.stream().filter(line -> line.contains("| **forbidden** |")).toList();
    assertTrue(rows.size() >= 40, "no rows: " + rows);
    for (String row : rows) {
      assertTrue(row.matches(".*\\| 0 \\| 0 \\|"), row);
    }
  }
}
