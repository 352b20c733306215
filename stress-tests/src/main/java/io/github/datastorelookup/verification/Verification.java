package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.tests.TestLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The main job: every layer, every mutant, each check once. {@code mvn -B verify -Pverification}.
 *
 * <p>Exits with 0 only if every layer ran all that was planned and nothing failed. {@code
 * -Dshard=i/n} runs one part of it; {@code -Dmerge=folder} only merges the parts in that folder.
 * {@code -Donly=layer,layer} leaves the other layers out, for work on one of them; such a run is
 * partial. {@code -Dreplay=file} only runs the scenario and the schedule of a failure file. {@code
 * -Dmutant=id} runs the layers on a library with that mutant in it.
 */
public final class Verification {
  /** When a layer counts as hung: after three times what the longest one takes. */
  private static final int SMOKE_LAYER_SECONDS = 600;

  /** The chosen layers; empty for all. */
  private static final Set<String> ONLY =
      Stream.of(System.getProperty("only", "").split(","))
          .filter(each -> !each.isEmpty())
          .collect(Collectors.toSet());

  private final RunSettings settings;
  private final Terminal terminal;
  private final Environment environment;
  private final RunOutput output;
  private final Checks checks;
  private final RaceLayer races;
  private final MutantLayer mutants;
  private final List<Layer> layers;
  private final List<LayerPlan> plans = new CopyOnWriteArrayList<>();
  private final List<LayerResult> results = new CopyOnWriteArrayList<>();
  private volatile @Nullable Progress progress;

  private Verification(RunSettings settings, Terminal terminal) throws IOException {
    this.settings = settings;
    this.terminal = terminal;
    this.environment = Environment.here(settings.root());
    this.output = new RunOutput(settings, environment, terminal);
    RunLog.to(settings.output().resolve("log.txt"));
    this.checks = Checks.scan(settings);
    this.races = new RaceLayer(settings);
    List<TestLayer> tests =
        Stream.of(TestLayerKind.values())
            .map(kind -> new TestLayer(kind, checks.of(kind), settings))
            .toList();
    this.mutants =
        new MutantLayer(
            settings,
            checks,
            check -> tests.stream().anyMatch(it -> it.held(check.className(), check.method())));
    this.layers = Stream.concat(tests.stream(), Stream.of(races, mutants)).toList();
  }

  /** Runs it; the argument is the folder of the parent pom. Exits with the verdict's code. */
  public static void main(String[] args) throws IOException {
    RunVerdict verdict = RunVerdict.FAILED;
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    VerdictFile file = new VerdictFile(root);
    try {
      verdict = run(RunSettings.ofThisJvm(root));
    } catch (IllegalArgumentException e) { // an option; the message names it
      System.out.println("refused: " + e.getMessage());
    }
    file.write(verdict);
    // Neither JVMs nor threads that a check or a mutant left behind may outlive the run.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    System.exit(verdict.exitCode());
  }

  private static RunVerdict run(RunSettings settings) throws IOException {
    String replay = System.getProperty("replay", "");
    String mutant = System.getProperty("mutant", "");
    String merge = System.getProperty("merge", "");
    if (!mutant.isEmpty()) {
      return OnMutant.run(settings, mutant);
    } else if (!replay.isEmpty()) {
      boolean held = Replay.run(settings.root().resolve(replay), System.out);
      return held ? RunVerdict.PASSED : RunVerdict.FAILED;
    }
    requireKnown(ONLY);
    Terminal terminal = Terminal.ofThisJvm();
    return merge.isEmpty()
        ? new Verification(settings, terminal).run()
        : ShardFolders.merge(settings.root(), settings.root().resolve(merge), terminal);
  }

  private RunVerdict run() throws IOException {
    Thread hook = new Thread(this::endedBySignal, "ended by a signal");
    Runtime.getRuntime().addShutdownHook(hook);
    runAll();
    boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    return output.end(soFar());
  }

  private RunResults soFar() {
    return new RunResults(
        settings.shard(),
        settings.budget(),
        settings.seed(),
        environment,
        plans,
        results,
        mutants.results(),
        races.grades(),
        checks.namedInvariants());
  }

  /** Before anything is touched: the results of the run before stay where they are. */
  private static void requireKnown(Set<String> chosen) {
    List<String> known =
        Stream.concat(
                Stream.of(TestLayerKind.values()).map(TestLayerKind::layerName),
                Stream.of(RaceLayer.NAME, MutantLayer.NAME))
            .toList();
    Set<String> unknown = new TreeSet<>(chosen);
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("only=" + unknown + ", there are " + known);
    }
  }

  private void runAll() throws IOException {
    List<String> chosen = layers.stream().map(Layer::name).filter(Verification::isChosen).toList();
    Eta eta = new Eta(settings.budget(), settings.shard(), chosen);
    for (Layer layer : layers) {
      Progress started = new Progress(terminal, eta, layer.name());
      progress = started;
      LayerResult result =
          isChosen(layer.name()) ? run(layer, started) : LayerResult.leftOut(layer.name());
      eta.ended(layer.name(), result.seconds());
      results.add(result);
      output.layer(result);
    }
  }

  /** SIGTERM, or an interrupt from the terminal: writes what was found until now. */
  private void endedBySignal() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Progress running = progress;
    try {
      for (Layer layer : layers.subList(results.size(), layers.size())) {
        LayerResult result =
            running != null && running.isOf(layer.name())
                ? running.endedBySignal(layer.failuresSoFar())
                : LayerResult.notBegun(layer.name());
        results.add(result);
        output.layer(result);
      }
      new VerdictFile(settings.root()).write(output.end(soFar()));
    } catch (IOException e) {
      terminal.line("ended by a signal, and the results cannot be written: " + e);
    }
  }

  private static boolean isChosen(String layer) {
    return ONLY.isEmpty() || ONLY.contains(layer);
  }

  private LayerResult run(Layer layer, Progress progress) {
    try {
      return new LayerWatch(limitSeconds())
          .run("layer " + layer.name(), () -> runShare(layer, progress));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(layer.name(), e);
    } catch (ExecutionException | TimeoutException e) {
      return failed(layer.name(), e);
    }
  }

  private int limitSeconds() {
    int whole = settings.budget().times(SMOKE_LAYER_SECONDS);
    return Math.max(SMOKE_LAYER_SECONDS, whole / settings.shard().count());
  }

  private LayerResult runShare(Layer layer, Progress progress) throws Exception {
    LayerPlan plan = LayerPlan.of(layer, settings.shard());
    plans.add(plan);
    return plan.run(layer, progress);
  }

  private LayerResult failed(String layer, Exception e) {
    return LayerResult.failed(layer, Failure.of(layer, e, settings.replay()));
  }
}
