package io.github.datastorelookup.verification.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The figures of runs are in {@code docs/reference/figures.md}, which is generated, and nowhere
 * else.
 */
@Tag("runner")
class FiguresTest {
  private static final Path FILE = Repository.root().resolve("docs/reference/figures.md");
  private static final String SUMMARY =
      """
      {"verdict": "passed", "headline": "Nothing | failed.", "started": "then", "seed": 7,
       "budget": "default", "jdk": "17", "commit": "abc", "machine": "2 x a cpu", "os": "Linux",
       "layers": [
         {"name": "unit", "planned": 1314, "ran": 1314, "explored": 20071, "unit": "cases",
          "seconds": 1.5, "result": "passed"},
         {"name": "mutants", "planned": 0, "ran": 0, "explored": 0, "unit": "", "seconds": 0,
          "result": "left out"}],
       "mutants": [{"killed": true}, {"killed": false}]}
      """;

  private static FiguresPage madeUp() throws IOException {
    FiguresPage figures = FiguresPage.parse("");
    figures.take(new ObjectMapper().readTree(SUMMARY));
    return figures;
  }

  @Test
  void page_isWhatTheGeneratorMakes() throws IOException {
    FiguresPage figures = FiguresPage.parse(Files.readString(FILE));
    if (Boolean.getBoolean("figures.write")) {
      Path summary = Repository.root().resolve("stress-tests/target/verification/summary.json");
      figures.take(new ObjectMapper().readTree(summary.toFile()));
      Files.writeString(FILE, figures.page());
    }
    assertEquals(figures.page(), Files.readString(FILE), "run: " + FiguresPage.REWRITE);
  }

  /** Made after the runs of the page: its figures come with the next ones. */
  private static final String NOT_RUN_YET = "weak";

  @Test
  void runs_ofThePage_haveAllLayersThatThereAre() throws IOException {
    List<String> layers =
        new ArrayList<>(Stream.of(TestLayerKind.values()).map(TestLayerKind::layerName).toList());
    layers.addAll(List.of(RaceLayer.NAME, MutantLayer.NAME));
    Map<Budget, FiguresPage.Run> runs = FiguresPage.parse(Files.readString(FILE)).runs();
    assertTrue(runs.containsKey(Budget.DEFAULT), runs.keySet().toString());
    runs.forEach(
        (budget, run) -> {
          List<String> expected = new ArrayList<>(layers);
          expected.removeIf(each -> each.equals(NOT_RUN_YET) && !run.names().contains(each));
          assertEquals(expected, run.names(), budget.toString());
        });
  }

  /** Decisions tell what was known when they were made, and keep their numbers. */
  @Test
  void otherPages_repeatNoFigure() throws IOException {
    FiguresPage figures = FiguresPage.parse(Files.readString(FILE));
    List<String> repeated = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Repository.root().resolve("docs"))) {
      Stream<Path> pages = Stream.concat(files, Stream.of(Repository.root().resolve("README.md")));
      for (Path page : pages.filter(it -> it.toString().endsWith(".md")).toList()) {
        if (!page.equals(FILE) && !page.toString().contains("/decisions/")) {
          figures
              .repeated(Files.readString(page))
              .forEach((line, text) -> repeated.add(page + ":" + line + ": " + text));
        }
      }
    }
    assertEquals("", String.join("\n", repeated), "link to docs/reference/figures.md instead");
  }

  @Test
  void run_isItsFactsAndARowForEachLayer() throws IOException {
    String page = madeUp().page();
    assertEquals(
        """
        ## default

        | run | |
        |---|---|
        | verdict | passed |
        | headline | Nothing / failed. |
        | started | then |
        | commit | abc |
        | machine | 2 x a cpu |
        | jdk | 17 |
        | seed | 7 |
        | mutants killed | 1 of 2 |

        | layer | result | planned | ran | explored | seconds |
        |---|---|--:|--:|--:|--:|
        | unit | passed | 1,314 | 1,314 | 20,071 cases | 2 |
        | mutants | left out | 0 | 0 | 0 | 0 |
        | all | | | | | 2 |
        """,
        page.substring(page.indexOf("## ")));
    assertEquals(page, FiguresPage.parse(page).page());
  }

  @Test
  void run_replacesTheRunOfItsBudgetOnly() throws IOException {
    FiguresPage both = madeUp();
    both.take(new ObjectMapper().readTree(SUMMARY.replace("default", "smoke")));
    both.take(new ObjectMapper().readTree(SUMMARY.replace("20071", "9999")));
    String page = both.page();
    assertTrue(page.indexOf("20,071 cases") < page.indexOf("## default"), page);
    assertTrue(page.indexOf("9,999 cases") > page.indexOf("## default"), page);
    assertEquals(page, FiguresPage.parse(page).page());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| tests | 20,071 |",
        "in 1,037,690 runs",
        "1037690 runs",
        "80.1 million samples",
        "3,000 random schedules"
      })
  void figure_ofThisRunOrAnother_isFound(String text) throws IOException {
    assertEquals(Set.of(2), madeUp().repeated("first\n" + text).keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "120,071",
        "20,071,000",
        "1,314",
        "1 of 149 mutants",
        "at most 50,000",
        "10,000 datastores"
      })
  void numberThatIsNoFigureOfARun_isNotFound(String text) throws IOException {
    assertEquals(Map.of(), madeUp().repeated(text));
  }
}
