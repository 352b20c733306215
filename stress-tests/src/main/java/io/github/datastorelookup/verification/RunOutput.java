package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.page.Page;
import io.github.datastorelookup.verification.page.PageInput;
import io.github.datastorelookup.verification.races.RacePage;
import io.github.datastorelookup.verification.report.FailureFiles;
import io.github.datastorelookup.verification.report.JobSummary;
import io.github.datastorelookup.verification.report.JunitXml;
import io.github.datastorelookup.verification.report.ResultTable;
import io.github.datastorelookup.verification.report.RunReport;
import io.github.datastorelookup.verification.report.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The output of a run: while it runs, and at its end. */
final class RunOutput {
  private final RunSettings settings;
  private final Environment environment;
  private final Terminal terminal;
  private final FailureFiles failureFiles;

  /** Writes into the folder of the run. */
  RunOutput(RunSettings settings, Environment environment, Terminal terminal) throws IOException {
    this.settings = settings;
    this.environment = environment;
    this.terminal = terminal;
    this.failureFiles = new FailureFiles(settings, environment);
    Path unused = Files.createDirectories(settings.output());
    say("verification of %s", environment.commit());
    String part = settings.shard().sharedOut() ? "  shard: " + settings.shard() : "";
    say("budget: %s  seed: %d%s", settings.budget(), settings.seed(), part);
    say("%d x %s, %s", environment.cores(), environment.cpu(), environment.jdk());
  }

  /** Reports the end of a layer. */
  void layer(LayerResult result) throws IOException {
    JunitXml.write(result, settings.output().resolve("junit"));
    Map<String, List<Failure>> byCause =
        result.failures().stream()
            .collect(
                Collectors.groupingBy(Failure::cause, LinkedHashMap::new, Collectors.toList()));
    for (List<Failure> alike : byCause.values()) {
      Path file = failureFiles.write(result.name(), alike.get(0), alike);
      String more = alike.size() == 1 ? "" : " (and " + (alike.size() - 1) + " more)";
      say("[%s] FAILED %s%s, see %s", result.name(), alike.get(0).check(), more, file);
    }
    say(
        "[%s] %s: ran %d of %d in %.0f s",
        result.name(), result.result(), result.ran(), result.planned(), result.seconds());
  }

  /**
   * Reports the end of the run.
   *
   * @return what was found
   */
  RunReport end(RunResults results) throws IOException {
    RacePage.write(settings.output().resolve("races.md"), results.races());
    RunReport report = withPage(results);
    SummaryJson.write(report, settings.output().resolve("summary.json"));
    ResultTable.lines(report).forEach(terminal::line);
    JobSummary.write(report, failureFiles.reported(), System.getenv(), terminal::line);
    results.write(settings.output()); // last: a merge takes this file for the sign of an end
    say("report: %s", settings.output().resolve(Page.FILE));
    return report;
  }

  /** Writes the page. A page that cannot be written fails the run, as a failed check does. */
  private RunReport withPage(RunResults results) throws IOException {
    RunReport report =
        new RunReport(
            settings, environment, results.layers(), results.mutants(), results.seconds());
    try {
      Path unused =
          Page.write(
              new PageInput(
                  report,
                  failureFiles.reported(),
                  results.races(),
                  results.namedInvariants(),
                  settings.root(),
                  settings.output(),
                  Instant.now()));
      return report;
    } catch (IOException | RuntimeException | LinkageError e) {
      Exception cause = new IOException("the page was not written: " + e, e);
      LayerResult failed =
          LayerResult.failed("report", Failure.of("report", cause, settings.replay()));
      layer(failed);
      List<LayerResult> layers = new ArrayList<>(report.layers());
      layers.add(failed);
      return new RunReport(settings, environment, layers, report.mutants(), report.seconds());
    }
  }

  private void say(String format, Object... values) {
    terminal.line(String.format(Locale.ROOT, format, values));
  }
}
