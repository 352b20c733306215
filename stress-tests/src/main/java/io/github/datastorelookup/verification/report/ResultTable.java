package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.mutants.MutantResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text at the end of a run. */
public final class ResultTable {
  private ResultTable() {}

  /** The table of the layers, the mutants, the verdict, the seed. */
  public static List<String> lines(RunReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(row("layer", "planned", "ran", "explored", "unit", "seconds", "result"));
    for (LayerResult layer : report.layers()) {
      lines.add(row(layer));
      layer.notes().stream()
          .filter(note -> !note.startsWith("|")) // a line of a table: the report shows it
          .forEach(note -> lines.add("  note: " + note));
    }
    mutants(report, lines);
    slowest(report, lines);
    lines.add(
        String.format(
            Locale.ROOT,
            "%nverdict: %s  seconds: %.1f  budget: %s  seed: %d",
            report.verdict(),
            report.seconds(),
            report.settings().budget(),
            report.settings().seed()));
    lines.add(report.headline());
    return lines;
  }

  private static void mutants(RunReport report, List<String> lines) {
    long killed = report.mutants().stream().filter(MutantResult::killed).count();
    lines.add(
        String.format(Locale.ROOT, "%nmutants killed/planned: %d/%d", killed, planned(report)));
    int lost = planned(report) - report.mutants().size();
    if (lost > 0) { // what ended the run early lost them
      lines.add("  no result of " + lost + ", killed or not");
    }
    for (MutantResult each : report.mutants()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-8s %-36s %-7s %-7s %6.2f s  %s",
              each.fate(),
              each.mutant().id(),
              each.mutant().clause(),
              each.mutant().invariant(),
              each.seconds(),
              each.killed() ? each.killedBy() : firstLine(each.message())));
    }
  }

  private static void slowest(RunReport report, List<String> lines) {
    lines.add(String.format(Locale.ROOT, "%nslowest checks:"));
    report.slowest().stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT, "  %6.1f s  %s#%s", each.seconds(), each.group(), each.name()))
        .forEach(lines::add);
  }

  private static int planned(RunReport report) {
    return report.layers().stream()
        .filter(layer -> layer.name().equals("mutants"))
        .mapToInt(LayerResult::planned)
        .sum();
  }

  private static String row(LayerResult layer) {
    return row(
        layer.name(),
        layer.planned(),
        layer.ran(),
        layer.explored(),
        layer.unit(),
        String.format(Locale.ROOT, "%.1f", layer.seconds()),
        layer.result());
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-11s %7s %7s %12s %-14s %8s  %s", cells);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
