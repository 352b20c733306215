package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunVerdict;
import io.github.datastorelookup.verification.page.MermaidDiagram;
import io.github.datastorelookup.verification.report.FailureFiles.Reported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code summary.md}, a run in Markdown. Under GitHub Actions it is the summary of the job too, and
 * each failure is an annotation.
 */
public final class JobSummary {
  /** GitHub shows no more annotations of a step. */
  private static final int MOST_FAILURES = 10;

  private static final int MOST_MESSAGE_LINES = 12;

  /** GitHub draws no diagram of more than 50,000 characters. */
  private static final int MOST_DIAGRAM = 40_000;

  private static final Pattern CLASS = Pattern.compile("((?:[a-z]\\w*\\.)+[A-Z]\\w*).*");

  private final RunReport report;
  private final List<Reported> failures;

  JobSummary(RunReport report, List<Reported> failures) {
    this.report = report;
    this.failures = failures;
  }

  /**
   * Writes the file into the output folder of the run.
   *
   * @param environment the environment variables: {@code GITHUB_STEP_SUMMARY} names a file that
   *     gets the summary too; with {@code GITHUB_ACTIONS=true} the failures are printed. A run
   *     outside of {@code GITHUB_WORKSPACE} is one that a test made up, and reports nothing there
   * @param out prints a line
   */
  public static void write(
      RunReport report,
      List<Reported> failures,
      Map<String, String> environment,
      Consumer<String> out)
      throws IOException {
    JobSummary summary = new JobSummary(report, failures);
    List<String> lines = summary.lines();
    Path unused = Files.write(report.settings().output().resolve("summary.md"), lines);
    Path root = report.settings().root();
    if (!root.startsWith(environment.getOrDefault("GITHUB_WORKSPACE", root.toString()))) {
      return;
    }
    if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
      summary.annotations().forEach(out);
    }
    String job = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (!job.isEmpty()) {
      append(lines, Path.of(job), out);
    }
  }

  /** A page that GitHub does not get is no reason to lose the run. */
  private static void append(List<String> lines, Path file, Consumer<String> out) {
    try {
      Path unused = Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      out.accept("the summary of the job cannot be written: " + e);
    }
  }

  /** The summary in Markdown. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("## Verification: " + report.verdict());
    lines.add("");
    lines.add(report.headline());
    lines.add("");
    lines.add("| layer | result | planned | ran | explored | seconds |");
    lines.add("|---|---|--:|--:|---|--:|");
    report.layers().forEach(layer -> lines.add(row(layer)));
    lines.add("");
    lines.add("To run it again, at " + report.environment().commit() + ":");
    code(report.settings().again(), lines);
    failures.stream().limit(MOST_FAILURES).forEach(each -> failure(each, lines));
    if (failures.size() > MOST_FAILURES) {
      lines.add("And " + (failures.size() - MOST_FAILURES) + " more failures.");
    }
    failures.stream()
        .map(each -> MermaidDiagram.lines(each.failure().message()))
        .filter(diagram -> !diagram.isEmpty())
        .findFirst()
        .ifPresent(diagram -> diagram(diagram, lines));
    return lines;
  }

  private static String row(LayerResult layer) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d %s| %.1f |",
        layer.name(),
        layer.result(),
        layer.planned(),
        layer.ran(),
        layer.explored(),
        layer.unit().isEmpty() ? "" : layer.unit() + " ",
        layer.seconds());
  }

  private static void failure(Reported failure, List<String> lines) {
    lines.add("### Failed in layer " + failure.layer());
    code(failure.failure().check(), lines);
    code(FailureFiles.beginning(failure.failure().message(), MOST_MESSAGE_LINES), lines);
    lines.add("To see it again:");
    code(failure.replay(), lines);
  }

  private static void diagram(List<String> diagram, List<String> lines) {
    lines.add("### The first counterexample");
    lines.add("");
    if (String.join("\n", diagram).length() > MOST_DIAGRAM) {
      lines.add("Its diagram is too large for this page; `index.html` has it.");
      return;
    }
    lines.add("```mermaid");
    lines.add("sequenceDiagram");
    diagram.forEach(line -> lines.add("  " + line));
    lines.add("```");
  }

  /** Indents a text: unlike a fence, no text can end that. */
  private static void code(String text, List<String> lines) {
    lines.add("");
    text.lines().forEach(line -> lines.add("    " + line));
    lines.add("");
  }

  /** GitHub's commands that annotate a commit: one for each failure, or one for a silent one. */
  List<String> annotations() {
    if (failures.isEmpty() && report.verdict() == RunVerdict.FAILED) {
      return List.of("::error title=verification::" + data(report.headline()));
    }
    return failures.stream().limit(MOST_FAILURES).map(this::annotation).toList();
  }

  private String annotation(Reported failure) {
    String check = failure.failure().check();
    return "::error "
        + source(check)
        + "title="
        + property(failure.layer() + ": " + check)
        + "::"
        + data(
            FailureFiles.beginning(failure.failure().message(), MOST_MESSAGE_LINES)
                + "\n"
                + failure.replay());
  }

  /** The source of the class that a check belongs to, if there is one. */
  private String source(String check) {
    Matcher name = CLASS.matcher(check);
    if (!name.matches()) {
      return "";
    }
    String file = name.group(1).replace('.', '/') + ".java";
    return Stream.of("impl", "property-tests", "stress-tests")
        .flatMap(module -> Stream.of(module + "/src/test/java/", module + "/src/main/java/"))
        .map(folder -> folder + file)
        .filter(path -> Files.exists(report.settings().root().resolve(path)))
        .map(path -> "file=" + property(path) + ",")
        .findFirst()
        .orElse("");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
