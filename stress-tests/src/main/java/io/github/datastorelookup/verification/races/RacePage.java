package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.verification.races.RaceGrade.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jcstress.annotations.Expect;

/** Writes {@code races.md} of a run: a table with the outcomes of each race. */
public final class RacePage {
  private static final String PACKAGE = "io.github.datastorelookup.races.";

  private RacePage() {}

  /** Writes the tables; {@code grades} are by where the words were. */
  public static void write(Path file, Map<String, List<RaceGrade>> grades) throws IOException {
    NavigableMap<String, Map<Row, Map<String, Long>>> races = new TreeMap<>();
    grades.forEach(
        (words, found) ->
            found.forEach(
                grade ->
                    grade
                        .rows()
                        .forEach(
                            row ->
                                races
                                    .computeIfAbsent(grade.name(), key -> new LinkedHashMap<>())
                                    .computeIfAbsent(
                                        new Row(row.id(), row.expect(), row.meaning(), 0),
                                        key -> new TreeMap<>())
                                    .put(words, row.samples()))));
    StringBuilder page = new StringBuilder();
    NavigableSet<String> words = new TreeSet<>(grades.keySet());
    races.forEach((race, rows) -> table(page, race, rows, words));
    Path unused = Files.writeString(file, page);
  }

  private static void table(
      StringBuilder page,
      String race,
      Map<Row, Map<String, Long>> rows,
      NavigableSet<String> words) {
    page.append("\n**").append(race.substring(PACKAGE.length())).append("**\n\n");
    page.append("| outcome | | what happened | ").append(String.join(" | ", words)).append(" |\n");
    page.append("|---|---|---|").append("--:|".repeat(words.size())).append('\n');
    rows.forEach(
        (row, samples) -> {
          page.append("| `").append(row.id()).append("` | ").append(grade(row.expect()));
          page.append(" | ").append(row.meaning()).append(" |");
          words.forEach(
              where ->
                  page.append(
                      String.format(Locale.ROOT, " %,d |", samples.getOrDefault(where, 0L))));
          page.append('\n');
        });
  }

  private static String grade(Expect expect) {
    return switch (expect) {
      case ACCEPTABLE -> "fine";
      case ACCEPTABLE_INTERESTING -> "interesting";
      case FORBIDDEN -> "**forbidden**";
      case UNKNOWN -> "unknown";
    };
  }
}
