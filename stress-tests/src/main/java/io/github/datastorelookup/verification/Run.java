package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run: plans the layers, runs their parts in JVMs of their own, and joins what these found. */
final class Run {
  /** A JVM of a smoke run ends before the slower compiler has paid; the cores have other work. */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  /** Parts make small garbage, and there is no core to spare for a collector beside them. */
  private static final String QUICK_COLLECTOR = "-XX:+UseSerialGC";

  private final RunSettings settings;
  private final RunOptions options;
  private final Jobs jobs;
  private final @Nullable Path library;
  private final Nearest nearest;
  private final Terminal terminal;
  private final Environment environment;
  private final RunOutput output;
  private final Checks checks;
  private final Eta eta;
  private final Statuses statuses;
  private final Set<PartProcess> running = ConcurrentHashMap.newKeySet();
  private final Map<String, List<PartResult>> found = new TreeMap<>();
  private final Map<String, LayerResult> ended = new TreeMap<>();
  private final List<LayerPlan> plans = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private volatile @Nullable String stopped;

  /**
   * A run.
   *
   * @param library classes to find before those of the library, or null for none
   * @param nearest the checks that run first
   * @param terminal shows what happens
   * @param statuses shows what runs now
   */
  Run(
      RunSettings settings,
      RunOptions options,
      Jobs jobs,
      @Nullable Path library,
      Nearest nearest,
      Terminal terminal,
      Terminal statuses)
      throws IOException {
    this.settings = settings;
    this.options = options;
    this.jobs = jobs;
    this.library = library;
    this.nearest = nearest;
    this.terminal = terminal;
    this.environment = Environment.here(settings.root());
    this.output = new RunOutput(settings, environment, terminal);
    this.checks = Checks.scan(settings);
    this.eta = new Eta(settings.budget(), 1.0 / settings.shard().count(), options.only());
    this.statuses = new Statuses(terminal, statuses);
  }

  /** Runs all of it. */
  RunReport run() throws IOException, InterruptedException {
    return start().join();
  }

  /** Starts all parts in their order, and returns when the last one has begun. */
  CompletableFuture<RunReport> start() throws IOException, InterruptedException {
    List<Part> parts = plan();
    Map<String, Long> open =
        parts.stream().collect(Collectors.groupingBy(Part::layer, Collectors.counting()));
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    for (Part part : parts) {
      begun.add(
          jobs.start(Layers.needsQuiet(part.layer()), () -> run(part))
              .thenAccept(result -> add(result, open)));
    }
    return CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
        .thenApply(nothing -> end());
  }

  /** Ends the run early: what was not yet looked at is left out, for this reason. */
  void stop(String why) {
    stopped = why;
    running.forEach(PartProcess::stop);
  }

  /** Whether nothing ended it early. */
  boolean isComplete() {
    return stopped == null;
  }

  private List<Part> plan() throws IOException {
    for (String name : Layers.NAMES) {
      if (!options.only().contains(name)) {
        ended.put(name, LayerResult.leftOut(name));
        continue;
      }
      try {
        Layer layer = Layers.of(name, settings, checks, options.only());
        LayerPlan plan = LayerPlan.of(layer, settings.shard());
        plans.add(plan);
        if (plan.share().isEmpty()) {
          layerEnded(LayerResult.nothingOf(name));
        }
      } catch (Exception e) {
        LayerResult failed = LayerResult.failed(name, Failure.of(name, e, settings.replay()));
        layerEnded(failed);
      }
    }
    return new Parts(settings.budget(), jobs.count(), nearest, options.failFast()).of(plans);
  }

  private PartResult run(Part part) {
    String why = stopped;
    if (why != null) {
      return part.notBegun(why);
    }
    try {
      PartProcess process = PartProcess.start(part, settings, library, properties());
      running.add(process);
      if (stopped != null) {
        process.stop();
      }
      try {
        return process.result(line -> statuses.line(part.name(), line));
      } finally {
        running.remove(process);
        statuses.ended(part.name());
      }
    } catch (IOException | InterruptedException e) {
      Failure failure = Failure.of(part.layer(), e, settings.replay());
      return PartResult.of(part.plan(), LayerResult.failed(part.layer(), failure));
    }
  }

  private List<String> properties() {
    List<String> properties = new ArrayList<>(List.of(QUICK_COLLECTOR));
    if (settings.budget() == Budget.SMOKE) {
      properties.add(QUICK_COMPILER);
    }
    properties.add("-Dbudget=" + settings.budget());
    properties.add("-Dseed=" + settings.seed());
    properties.add("-Dround=" + options.round());
    properties.add("-D" + Worker.FAIL_FAST + "=" + options.failFast());
    properties.add("-D" + Worker.LAYERS + "=" + String.join(",", reliedOn()));
    if (library != null) {
      properties.add("-D" + RunSettings.CHANGE + "=" + options.change().text());
    }
    return properties;
  }

  private synchronized void add(PartResult result, Map<String, Long> open) {
    String layer = result.plan().layer();
    List<PartResult> all = found.computeIfAbsent(layer, name -> new ArrayList<>());
    all.add(result);
    if (options.failFast() && stopped == null && !result.layer().failures().isEmpty()) {
      stop("by -Dfailfast");
    }
    if (all.size() == open.getOrDefault(layer, 0L)) {
      LayerResult joined = LayerResult.join(all.stream().map(PartResult::layer).toList());
      String why = stopped;
      try {
        layerEnded(why == null ? joined : joined.endedFor(why));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void layerEnded(LayerResult layer) throws IOException {
    ended.put(layer.name(), layer);
    eta.ended(layer.name(), layer.seconds());
    output.layer(layer);
    if (ended.size() < Layers.NAMES.size()) {
      terminal.line(Eta.text(eta.left() / jobs.count()));
    }
  }

  private List<String> reliedOn() {
    return KillersHeld.reliedOn(options.only(), settings.shard());
  }

  private synchronized RunReport end() {
    List<PartResult> all = found.values().stream().flatMap(List::stream).toList();
    KillersHeld killers = new KillersHeld(reliedOn(), stopped == null, all, settings.replay());
    List<MutantResult> mutants = killers.confirmed();
    try {
      LayerResult tried = ended.get(MutantLayer.NAME);
      if (tried != null && !killers.failures().isEmpty()) {
        layerEnded(tried.with(killers.failures()));
      }
      return output.end(
          new RunResults(
              settings.shard(),
              settings.budget(),
              settings.seed(),
              environment,
              (System.nanoTime() - startNanos) / 1e9,
              plans,
              Layers.NAMES.stream().map(ended::get).toList(),
              mutants,
              Merge.races(all.stream().map(PartResult::races).toList()),
              checks.namedInvariants()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
