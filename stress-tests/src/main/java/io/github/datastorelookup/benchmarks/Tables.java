package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.verification.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as Markdown, as {@code docs/reference/performance.md} has them. */
final class Tables {
  private static final double MICRO = 1e3;
  private static final double MILLI = 1e6;

  private Tables() {}

  static List<String> lines(
      Environment environment,
      String date,
      String method,
      Map<Measurement, Score> scores,
      List<Ratio> ratios) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s, %d x %s, %s, %s, commit %s.",
            date,
            environment.cores(),
            environment.cpu(),
            environment.jdk(),
            environment.os(),
            environment.commit()));
    lines.add(method + ".");
    lines.add("");
    lines.add("| figure | measured | target | |");
    lines.add("|---|---|---|---|");
    for (Ratio ratio : ratios) {
      lines.add(
          format(
              "| %s | %s | %s | %s |",
              ratio.name(), number(ratio.ratio()), number(ratio.target()), ratio.verdict()));
    }
    lines.add("");
    lines.add("| measured | datastores | threads | median of the forks | least to most | bytes |");
    lines.add("|---|---|---|---|---|---|");
    scores.forEach((measurement, score) -> lines.add(row(measurement, score)));
    return lines;
  }

  private static String row(Measurement measurement, Score score) {
    return format(
        "| %s | %s | %s | %s | %s to %s | %.0f |",
        measurement.title(),
        measurement.datastores(),
        measurement.remark(),
        time(score.median()),
        time(score.least()),
        time(score.most()),
        score.allocated());
  }

  private static String time(double nanos) {
    if (nanos >= MILLI) {
      return format("%.1f ms", nanos / MILLI);
    }
    return nanos >= MICRO ? format("%.1f us", nanos / MICRO) : format("%.1f ns", nanos);
  }

  private static String number(double value) {
    return value >= 100 ? format("%.0f", value) : format("%.2f", value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
