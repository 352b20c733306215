package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.report.FailureFiles;
import io.github.datastorelookup.verification.report.JunitXml;
import io.github.datastorelookup.verification.report.ResultTable;
import io.github.datastorelookup.verification.report.RunReport;
import io.github.datastorelookup.verification.report.SummaryJson;
import io.github.datastorelookup.verification.tests.TestLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final PrintStream out;
  private final FailureFiles failureFiles;

  private Verification(RunSettings settings, PrintStream out) {
    this.settings = settings;
    this.environment = Environment.here(settings.root());
    this.out = out;
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
        ? new Verification(settings, System.out).run()
        : OnMutant.run(settings, mutant);
  }

  private boolean run() throws IOException {
    out.printf("verification of %s%n", environment.commit());
    out.printf("budget: %s  seed: %d%n", settings.budget(), settings.seed());
    out.printf("%d x %s, %s%n", environment.cores(), environment.cpu(), environment.jdk());
    deleteTree(settings.output());
    RunLog.to(settings.output().resolve("log.txt"));
    Checks checks = Checks.scan(settings);
    MutantLayer mutants = new MutantLayer(settings, checks);
    List<LayerResult> results = new ArrayList<>();
    for (Layer layer : layers(checks, mutants)) {
      LayerResult result = run(layer);
      results.add(result);
      JunitXml.write(result, settings.output().resolve("junit"));
      report(result);
    }
    RunReport report = new RunReport(settings, environment, results, mutants.results());
    SummaryJson.write(report, settings.output().resolve("summary.json"));
    ResultTable.lines(report).forEach(out::println);
    return report.passed();
  }

  private List<Layer> layers(Checks checks, MutantLayer mutants) {
    List<Layer> layers = new ArrayList<>();
    for (TestLayerKind kind : TestLayerKind.values()) {
      layers.add(new TestLayer(kind, checks.of(kind), settings));
    }
    layers.add(new RaceLayer(settings));
    layers.add(mutants);
    return layers;
  }

  private LayerResult run(Layer layer) {
    Progress progress = new Progress(out, layer.name());
    Set<String> only = Set.of(System.getProperty("only", "").split(","));
    if (!only.contains("") && !only.contains(layer.name())) {
      return failed(layer, new Failure(layer.name(), "left out by -Donly", "", settings.replay()));
    }
    try {
      return new LayerWatch(settings.budget().times(SMOKE_LAYER_SECONDS)).run(layer, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(layer, Failure.of(layer.name(), e, settings.replay()));
    } catch (ExecutionException | TimeoutException e) {
      return failed(layer, Failure.of(layer.name(), e, settings.replay()));
    }
  }

  private static LayerResult failed(Layer layer, Failure failure) {
    return new LayerResult(
        layer.name(), 0, 0, 0, "", 0, List.of(), List.of(failure), List.of(failure.message()));
  }

  private void report(LayerResult result) throws IOException {
    for (Failure failure : result.failures()) {
      Path file = failureFiles.write(result.name(), failure);
      out.printf("[%s] FAILED %s, see %s%n", result.name(), failure.check(), file);
    }
    out.printf(
        "[%s] %s: ran %d of %d%n", result.name(), result.result(), result.ran(), result.planned());
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
