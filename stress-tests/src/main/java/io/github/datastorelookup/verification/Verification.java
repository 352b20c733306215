package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.tests.TestLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The main job: every layer, every mutant, each check once. {@code mvn -B verify -Pverification}.
 *
 * <p>Exits with 0 only if every layer ran all that was planned and nothing failed. {@code
 * -Dshard=i/n} runs one part of it; {@code -Dmerge=folder} only merges the parts in that folder.
 * {@code -Donly=layer,layer} leaves the other layers out, for work on one of them; such a run
 * fails, as the others ran less than planned. {@code -Dreplay=file} only runs the scenario and the
 * schedule of a failure file. {@code -Dmutant=id} runs the layers on a library with that mutant in
 * it.
 */
public final class Verification {
  /** When a layer counts as hung: after three times what the longest one takes. */
  private static final int SMOKE_LAYER_SECONDS = 600;

  private final RunSettings settings;
  private final Terminal terminal;
  private final Environment environment;
  private final RunOutput output;
  private final List<LayerPlan> plans = new CopyOnWriteArrayList<>();

  private Verification(RunSettings settings, Terminal terminal) throws IOException {
    this.settings = settings;
    this.terminal = terminal;
    this.environment = Environment.here(settings.root());
    this.output = new RunOutput(settings, environment, terminal);
  }

  /** Runs the verification; the argument is the folder of the parent pom. */
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
    String merge = System.getProperty("merge", "");
    if (!mutant.isEmpty()) {
      return OnMutant.run(settings, mutant);
    } else if (!replay.isEmpty()) {
      return Replay.run(settings.root().resolve(replay), System.out);
    }
    Terminal terminal = Terminal.ofThisJvm();
    return merge.isEmpty()
        ? new Verification(settings, terminal).run()
        : ShardFolders.merge(settings.root(), settings.root().resolve(merge), terminal);
  }

  private boolean run() throws IOException {
    RunLog.to(settings.output().resolve("log.txt"));
    Checks checks = Checks.scan(settings);
    RaceLayer races = new RaceLayer(settings);
    List<TestLayer> tests =
        Stream.of(TestLayerKind.values())
            .map(kind -> new TestLayer(kind, checks.of(kind), settings))
            .toList();
    MutantLayer mutants =
        new MutantLayer(
            settings,
            checks,
            check -> tests.stream().anyMatch(it -> it.held(check.className(), check.method())));
    List<Layer> layers = new ArrayList<>(tests);
    layers.add(races);
    layers.add(mutants);
    List<LayerResult> results = runAll(layers);
    return output.end(
        new RunResults(
            settings.shard(),
            settings.budget(),
            settings.seed(),
            environment,
            plans,
            results,
            mutants.results(),
            races.grades(),
            checks.namedInvariants()));
  }

  private List<LayerResult> runAll(List<Layer> layers) throws IOException {
    List<LayerResult> results = new ArrayList<>();
    List<String> chosen = layers.stream().map(Layer::name).filter(this::isChosen).toList();
    Eta eta = new Eta(settings.budget(), settings.shard(), chosen);
    for (Layer layer : layers) {
      LayerResult result =
          isChosen(layer.name())
              ? run(layer, new Progress(terminal, eta, layer.name()))
              : LayerResult.leftOut(layer.name(), settings.replay());
      eta.ended(layer.name(), result.seconds());
      results.add(result);
      output.layer(result);
    }
    return results;
  }

  private boolean isChosen(String layer) {
    Set<String> only = Set.of(System.getProperty("only", "").split(","));
    return only.contains("") || only.contains(layer);
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
