package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.page.Page;
import io.github.datastorelookup.verification.page.PageInput;
import io.github.datastorelookup.verification.races.RaceGrade;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.report.FailureFiles;
import io.github.datastorelookup.verification.report.JunitXml;
import io.github.datastorelookup.verification.report.ResultTable;
import io.github.datastorelookup.verification.report.RunReport;
import io.github.datastorelookup.verification.report.SummaryJson;
import io.github.datastorelookup.verification.tests.TestLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The main job: every layer, every mutant, each check once. {@code mvn -B verify -Pverification}.
 *
 * <p>Exits with 0 only if every layer ran all that was planned and nothing failed. {@code
 * -Donly=layer,layer} leaves the other layers out, for whoever works on one; such a run fails, as
 * the others ran less than planned. {@code -Dreplay=file} runs nothing but the scenario and the
 * schedule in that file, as failures are written. {@code -Dmutant=id} runs the layers on a library
 * with that mutant in it.
 */
public final class Verification {
  /** Layers that hang end; three times what the longest one takes. */
  private static final int SMOKE_LAYER_SECONDS = 600;

  private final RunSettings settings;
  private final Environment environment;
  private final Terminal terminal;
  private final FailureFiles failureFiles;

  private Verification(RunSettings settings, Terminal terminal) {
    this.settings = settings;
    this.environment = Environment.here(settings.root());
    this.terminal = terminal;
    this.failureFiles = new FailureFiles(settings, environment);
  }

  /** Runs it; the argument is the folder of the parent pom. */
  public static void main(String[] args) throws IOException {
    RunSettings settings = RunSettings.ofThisJvm(Path.of(args[0]));
    boolean passed = run(settings);
    // Neither JVMs nor threads that a check or a mutant left behind may outlive the run.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    System.exit(passed ? 0 : 1);
  }

  private static boolean run(RunSettings settings) throws IOException {
    String replay = System.getProperty("replay", "");
    String mutant = System.getProperty("mutant", "");
    if (!replay.isEmpty()) {
      return Replay.run(settings.root().resolve(replay), System.out);
    }
    return mutant.isEmpty()
        ? new Verification(settings, Terminal.ofThisJvm()).run()
        : OnMutant.run(settings, mutant);
  }

  private boolean run() throws IOException {
    say("verification of %s", environment.commit());
    say("budget: %s  seed: %d", settings.budget(), settings.seed());
    say("%d x %s, %s", environment.cores(), environment.cpu(), environment.jdk());
    deleteTree(settings.output());
    RunLog.to(settings.output().resolve("log.txt"));
    Checks checks = Checks.scan(settings);
    RaceLayer races = new RaceLayer(settings);
    MutantLayer mutants = new MutantLayer(settings, checks);
    List<LayerResult> results = runAll(layers(checks, races, mutants));
    Map<String, List<RaceGrade>> grades = races.grades();
    RunReport report =
        withPage(
            new RunReport(settings, environment, results, mutants.results()),
            each -> page(each, grades, checks));
    SummaryJson.write(report, settings.output().resolve("summary.json"));
    ResultTable.lines(report).forEach(terminal::line);
    say("report: %s", settings.output().resolve(Page.FILE));
    return report.passed();
  }

  private List<Layer> layers(Checks checks, RaceLayer races, MutantLayer mutants) {
    List<Layer> layers = new ArrayList<>();
    for (TestLayerKind kind : TestLayerKind.values()) {
      layers.add(new TestLayer(kind, checks.of(kind), settings));
    }
    layers.add(races);
    layers.add(mutants);
    return layers;
  }

  private List<LayerResult> runAll(List<Layer> layers) throws IOException {
    List<LayerResult> results = new ArrayList<>();
    List<String> chosen = layers.stream().map(Layer::name).filter(this::isChosen).toList();
    Pace pace = new Pace(settings.budget(), chosen);
    for (Layer layer : layers) {
      LayerResult result =
          isChosen(layer.name())
              ? run(layer, new Progress(terminal, pace, layer.name()))
              : LayerResult.leftOut(layer.name(), settings.replay());
      pace.ended(layer.name(), result.seconds());
      results.add(result);
      JunitXml.write(result, settings.output().resolve("junit"));
      report(result);
    }
    return results;
  }

  private boolean isChosen(String layer) {
    Set<String> only = Set.of(System.getProperty("only", "").split(","));
    return only.contains("") || only.contains(layer);
  }

  private LayerResult run(Layer layer, Progress progress) {
    try {
      return new LayerWatch(settings.budget().times(SMOKE_LAYER_SECONDS)).run(layer, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(layer.name(), e);
    } catch (ExecutionException | TimeoutException e) {
      return failed(layer.name(), e);
    }
  }

  private LayerResult failed(String layer, Exception e) {
    return LayerResult.failed(layer, Failure.of(layer, e, settings.replay()));
  }

  private void report(LayerResult result) throws IOException {
    for (Failure failure : result.failures()) {
      Path file = failureFiles.write(result.name(), failure);
      say("[%s] FAILED %s, see %s", result.name(), failure.check(), file);
    }
    say(
        "[%s] %s: ran %d of %d in %.0f s",
        result.name(), result.result(), result.ran(), result.planned(), result.seconds());
  }

  private void page(RunReport report, Map<String, List<RaceGrade>> races, Checks checks)
      throws IOException {
    Page.write(
        new PageInput(
            report,
            failureFiles.reported(),
            races,
            checks.namedInvariants(),
            settings.root(),
            settings.output(),
            Instant.now()));
  }

  /** Whatever keeps the page from being written fails the run, as a check that fails does. */
  private RunReport withPage(RunReport report, PageWriter writer) throws IOException {
    try {
      writer.write(report);
      return report;
    } catch (IOException | RuntimeException | LinkageError e) {
      LayerResult failed = failed("report", new IOException("the page was not written: " + e, e));
      report(failed);
      List<LayerResult> layers = new ArrayList<>(report.layers());
      layers.add(failed);
      return new RunReport(settings, environment, layers, report.mutants());
    }
  }

  @FunctionalInterface
  private interface PageWriter {
    void write(RunReport report) throws IOException;
  }

  private void say(String format, Object... values) {
    terminal.line(String.format(Locale.ROOT, format, values));
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> all = new ArrayList<>(files.toList());
        for (int i = all.size() - 1; i >= 0; i--) {
          Files.delete(all.get(i));
        }
      }
    }
  }
}
