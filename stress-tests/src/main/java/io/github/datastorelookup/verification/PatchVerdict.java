package io.github.datastorelookup.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.verification.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the checks see what a patch breaks.
 *
 * @param result {@code seen}, {@code unseen} or {@code cannot-run}
 * @param layer the layer of the first check that failed; empty if none did
 * @param check the check
 * @param invariants those that it says are broken
 * @param clauses those of the code that the patch changes
 * @param reason why it could not run, or what ran and saw nothing
 * @param seconds how long it took
 */
record PatchVerdict(
    String result,
    String layer,
    String check,
    Collection<String> invariants,
    Collection<String> clauses,
    String reason,
    double seconds) {
  private static final Pattern INVARIANT = Pattern.compile("INV-\\d+");
  private static final Pattern CLAUSE = Pattern.compile("[A-Z]\\d{1,2}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** It does not apply, or does not compile, or something ended the run. */
  static PatchVerdict cannotRun(String reason, double seconds) {
    return new PatchVerdict("cannot-run", "", "", List.of(), List.of(), reason, seconds);
  }

  /**
   * The verdict of a run on the patched library.
   *
   * @param changed the names, such as classes and clauses, that the patch changes
   * @param complete whether nothing ended the run before its end, but a failure
   */
  static PatchVerdict of(RunReport report, Collection<String> changed, boolean complete) {
    List<String> clauses =
        changed.stream().filter(each -> CLAUSE.matcher(each).matches()).sorted().toList();
    for (LayerResult layer : report.layers()) {
      for (Failure failure : layer.failures()) {
        Matcher found = INVARIANT.matcher(failure.message());
        Collection<String> broken = new TreeSet<>();
        while (found.find()) {
          broken.add(found.group());
        }
        return new PatchVerdict(
            "seen", layer.name(), failure.check(), broken, clauses, "", report.seconds());
      }
    }
    if (!complete || report.verdict() == RunVerdict.FAILED) {
      return cannotRun(report.headline(), report.seconds());
    }
    String ran =
        report.layers().stream()
            .filter(each -> each.ran() > 0)
            .map(each -> each.name() + " " + each.ran())
            .collect(Collectors.joining(", "));
    return new PatchVerdict("unseen", "", "", List.of(), clauses, "ran " + ran, report.seconds());
  }

  /** A patch stands for a mistake: one that no check sees is a failure of the checks. */
  RunVerdict verdict() {
    return result.equals("seen") ? RunVerdict.PASSED : RunVerdict.FAILED;
  }

  /** The last line of the run. */
  String line() {
    String what =
        result.equals("seen")
            ? "layer " + layer + ", check " + check + listed("invariant", invariants)
            : reason.lines().findFirst().orElse("");
    return String.format(
        Locale.ROOT, "%s: %s%s, %.0f s", result, what, listed("clause", clauses), seconds);
  }

  private static String listed(String kind, Collection<String> names) {
    return names.isEmpty() ? "" : ", " + kind + " " + String.join(" ", names);
  }

  /** Adds it to the summary of the run, which may have none. */
  void addTo(Path summary) throws IOException {
    ObjectNode root =
        Files.exists(summary)
            ? (ObjectNode) MAPPER.readTree(summary.toFile())
            : MAPPER.createObjectNode();
    root.set("patch", MAPPER.valueToTree(this));
    Path unused = Files.createDirectories(summary.resolveSibling(""));
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(summary.toFile(), root);
  }
}
