package io.github.datastorelookup.verification.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.benchmarks.Figure;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of the last benchmarks, which are no part of the run itself. */
final class BenchmarkSection {
  private static final String FOLDER = "stress-tests/target/benchmarks";

  private final Path folder;
  private final List<DomContent> content = new ArrayList<>();

  private BenchmarkSection(Path folder) {
    this.folder = folder;
  }

  static Section of(PageInput input) throws IOException {
    BenchmarkSection section = new BenchmarkSection(input.root().resolve(FOLDER));
    section.fill();
    return new Section("benchmarks", "Benchmarks", section.content);
  }

  private void fill() throws IOException {
    Path results = folder.resolve("results.json");
    if (!Files.exists(results)) {
      content.add(
          p(
              text("None were measured here. "),
              code("mvn -B verify -Pbenchmarks"),
              text(" does, in some 15 minutes; the next report shows the results.")));
      return;
    }
    content.add(
        p(
            text("Measured by "),
            code("mvn -B verify -Pbenchmarks"),
            text(", not by this run: " + where())));
    ratios();
    charts(Figure.read(results));
  }

  /** The date, the machine and the commit, as the benchmarks wrote them above their tables. */
  private String where() throws IOException {
    Path tables = folder.resolve("tables.md");
    if (!Files.exists(tables)) {
      return "its place and date were not recorded.";
    }
    return String.join(" ", Files.readAllLines(tables).stream().limit(2).toList());
  }

  private void ratios() throws IOException {
    Path file = folder.resolve("ratios.json");
    if (!Files.exists(file)) {
      return;
    }
    List<TrTag> rows = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(file.toFile())) {
      rows.add(
          tr(
              Html.rowHead(text(each.path("name").asText())),
              Html.number(number(each.path("ratio").asDouble())),
              Html.number(number(each.path("target").asDouble())),
              td(each.path("met").asBoolean() ? Html.good("met") : Html.bad("missed"))));
    }
    if (!rows.isEmpty()) {
      content.add(
          Html.table(
              "Figures with a target",
              List.of(
                  Html.head("Figure"),
                  Html.headOfNumbers("Measured"),
                  Html.headOfNumbers("Target"),
                  Html.head("")),
              rows));
    }
  }

  private void charts(List<Figure> figures) throws IOException {
    Map<String, List<Figure>> groups = new LinkedHashMap<>();
    for (Figure each : figures) {
      groups.computeIfAbsent(group(each), key -> new ArrayList<>()).add(each);
    }
    double most = figures.stream().mapToDouble(Figure::most).max().orElse(1) * 2;
    if (!Plantuml.canDraw()) {
      content.add(p("No charts: this JVM finds no font."));
      return;
    }
    int number = 0;
    for (Map.Entry<String, List<Figure>> group : groups.entrySet()) {
      number++;
      String title = title(group.getKey());
      content.add(h3(title));
      content.add(
          figure(
                  Html.scrolling(
                      title,
                      rawHtml(
                          Svg.inlined(
                              Chart.svg(group.getValue(), most),
                              "chart-" + number,
                              title,
                              described(group.getValue())))),
                  figcaption(
                      "Dot: median of the forks. Bar: best to worst fork. Logarithmic axis."))
              .withClass("drawing"));
    }
  }

  private static String title(String datastores) {
    return datastores.equals("1")
        ? "One datastore"
        : String.format(Locale.ROOT, "%,d datastores", Long.parseLong(datastores));
  }

  /** A time that does not depend on datastores stands beside the smallest number. */
  private static String group(Figure figure) {
    return figure.datastores().isEmpty() ? "1" : figure.datastores();
  }

  private static String described(List<Figure> figures) {
    List<String> lines = new ArrayList<>();
    for (Figure each : figures) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s, threads: %s: %s (%s to %s)",
              each.title(),
              each.threads(),
              Chart.time(each.median()),
              Chart.time(each.least()),
              Chart.time(each.most())));
    }
    return String.join("; ", lines);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
