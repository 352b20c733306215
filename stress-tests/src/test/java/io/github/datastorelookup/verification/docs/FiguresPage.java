package io.github.datastorelookup.verification.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.datastorelookup.checks.Budget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code docs/reference/figures.md}: for each budget, the figures of one run. */
final class FiguresPage {
  static final String REWRITE =
      "mvn -pl stress-tests -am test -Dtest=FiguresTest -Dfigures.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";
  private static final String HEAD =
      String.format(
          Locale.ROOT,
          """
      # Figures

      What a run of [the verification](../verification.md) planned, ran and looked at, and how long it took: the newest run of each budget whose figures were taken over. Other pages link here and repeat no figure. After a run,

      ```
      %s
      ```

      takes its `summary.json` over into the section of its budget. The machine is a shared one: on another day the same took three quarters of the time, or half as long again.
      """,
          REWRITE);
  private static final String FACTS = "| run | |\n|---|---|\n";
  private static final String LAYERS =
      "| layer | result | planned | ran | explored | seconds |\n|---|---|--:|--:|--:|--:|\n";

  /** What layers look at, in large numbers. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "\\b(?:\\d{1,3}(?:,\\d{3})+|\\d{5,}|[\\d.,]+ million) (?:random )?"
              + "(?:cases|sequences|schedules|interleavings|operations|samples|runs|states|calls)\\b");

  /** With five digits: smaller ones may be equal by chance. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\d,])\\d{2,3}(?:,\\d{3})+|\\d(?:,\\d{3}){2,}");

  /**
   * A run.
   *
   * @param facts when, where and what it was, by name
   * @param layers the cells of each layer's row
   */
  record Run(Map<String, String> facts, List<List<String>> layers) {
    /** The layers that it names. */
    List<String> names() {
      return layers.stream().map(row -> row.get(0)).toList();
    }
  }

  private final Map<Budget, Run> runs = new EnumMap<>(Budget.class);

  /** Reads a page. */
  static FiguresPage parse(String page) {
    FiguresPage figures = new FiguresPage();
    Run run = new Run(new LinkedHashMap<>(), new ArrayList<>());
    for (String line : page.lines().toList()) {
      if (line.startsWith("## ")) {
        run = new Run(new LinkedHashMap<>(), new ArrayList<>());
        figures.runs.put(Budget.valueOf(line.substring(3).toUpperCase(Locale.ROOT)), run);
      } else if (line.startsWith("| ") && !(FACTS + LAYERS).contains(line)) {
        List<String> cells =
            Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList();
        if (cells.size() == 3) {
          run.facts.put(cells.get(0), cells.get(1));
        } else if (!cells.get(0).equals("all")) {
          run.layers.add(cells.subList(0, cells.size() - 1));
        }
      }
    }
    return figures;
  }

  /** Takes over what {@code summary.json} says of a run. */
  void take(JsonNode summary) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("verdict", text(summary, "verdict"));
    facts.put("headline", text(summary, "headline"));
    for (String name : List.of("started", "commit", "machine", "jdk", "seed")) {
      facts.put(name, text(summary, name));
    }
    List<JsonNode> mutants =
        StreamSupport.stream(summary.path("mutants").spliterator(), false).toList();
    long killed = mutants.stream().filter(each -> each.path("killed").asBoolean()).count();
    facts.put("mutants killed", killed + " of " + mutants.size());
    List<List<String>> layers = new ArrayList<>();
    summary.path("layers").forEach(layer -> layers.add(row(layer)));
    Budget budget = Budget.valueOf(text(summary, "budget").toUpperCase(Locale.ROOT));
    runs.put(budget, new Run(facts, layers));
  }

  private static List<String> row(JsonNode layer) {
    return List.of(
        text(layer, "name"),
        text(layer, "result"),
        String.format(Locale.ROOT, "%,d", layer.path("planned").asInt()),
        String.format(Locale.ROOT, "%,d", layer.path("ran").asInt()),
        String.format(Locale.ROOT, "%,d %s", layer.path("explored").asLong(), text(layer, "unit"))
            .strip(),
        Long.toString(Math.round(layer.path("seconds").asDouble())));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText().replace('|', '/').replace('\n', ' ').strip();
  }

  /** The page. */
  String page() {
    StringBuilder page = new StringBuilder(HEAD);
    runs.forEach(
        (budget, run) -> {
          page.append("\n## ").append(budget).append("\n\n").append(FACTS);
          run.facts.forEach((name, value) -> line(List.of(name, value), page));
          page.append("\n").append(LAYERS);
          run.layers.forEach(cells -> line(cells, page));
          int seconds = run.layers.stream().mapToInt(row -> Integer.parseInt(row.get(5))).sum();
          line(List.of("all", "", "", "", "", Integer.toString(seconds)), page);
        });
    return page.toString();
  }

  private static void line(List<String> cells, StringBuilder page) {
    page.append("|");
    cells.forEach(cell -> page.append(cell.isEmpty() ? " |" : " " + cell + " |"));
    page.append("\n");
  }

  Map<Budget, Run> runs() {
    return Map.copyOf(runs);
  }

  /** The figures of this page, or of another run, that a text of another page has, by line. */
  Map<Integer, String> repeated(String text) {
    String own =
        runs.values().stream()
            .flatMap(run -> run.layers.stream().flatMap(List::stream))
            .collect(Collectors.joining(" "));
    Map<Integer, String> repeated = new TreeMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean ours =
          NUMBER
              .matcher(line)
              .results()
              .anyMatch(number -> own.matches(".*(?<![\\d,])" + number.group() + "(?![\\d,]).*"));
      if (ours || FIGURE.matcher(line).find()) {
        repeated.put(i + 1, line);
      }
    }
    return repeated;
  }
}
