package io.github.datastorelookup.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every measurement in a fork of its own, round after round. What slows the machine down for a
 * while then affects all measurements alike, not all forks of one.
 */
final class Rounds {
  private static final int WARMUPS = 30;
  private static final int ITERATIONS = 8;
  private static final TimeValue ITERATION = TimeValue.milliseconds(100);
  private static final int RELOADS = 20;

  private final List<Measurement> plan;
  private final int rounds;
  private final PrintStream out;
  private final Map<Measurement, List<RunResult>> results = new LinkedHashMap<>();

  Rounds(List<Measurement> plan, int rounds, PrintStream out) {
    this.plan = plan;
    this.rounds = rounds;
    this.out = out;
  }

  /** Describes the method, for the tables. */
  static String method(int rounds) {
    return String.format(
        Locale.ROOT,
        "%d interleaved forks of each, %d + %d iterations of %s; reloads: %d + %d single ones",
        rounds,
        WARMUPS,
        ITERATIONS,
        ITERATION,
        RELOADS,
        RELOADS);
  }

  /** Runs all measurements. Prints a benchmark that fails, and leaves it out. */
  Map<Measurement, List<RunResult>> run() throws IOException {
    Path root = Tmpfs.create(BenchmarkPlan.MANY);
    Thread cleaner = new Thread(() -> delete(root));
    Runtime.getRuntime().addShutdownHook(cleaner); // frees memory if a user ends the run
    try {
      out.printf(Locale.ROOT, "files: %s  open datastores: %s%n", root, openDatastores());
      for (int round = 1; round <= rounds; round++) {
        for (Measurement measurement : plan) {
          run(round, measurement, root);
        }
      }
    } finally {
      Runtime.getRuntime().removeShutdownHook(cleaner);
      delete(root);
    }
    return results;
  }

  private void delete(Path root) {
    try {
      Tmpfs.delete(root);
    } catch (IOException e) {
      out.printf(Locale.ROOT, "directory=%s stays: %s%n", root, e);
    }
  }

  private static String openDatastores() {
    return Tmpfs.canOpen(BenchmarkPlan.MANY) ? "on files" : "in memory (limit of open files)";
  }

  private void run(int round, Measurement measurement, Path root) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .jvmArgs("-Xms1g", "-Xmx1g", "-D" + Tmpfs.PROPERTY + "=" + root)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    measurement.select(options);
    if (measurement.benchmark().equals(BenchmarkPlan.RELOAD.benchmark())) {
      options.warmupIterations(RELOADS).measurementIterations(RELOADS);
    } else {
      options
          .warmupIterations(WARMUPS)
          .warmupTime(ITERATION)
          .measurementIterations(ITERATIONS)
          .measurementTime(ITERATION);
    }
    try {
      Collection<RunResult> got = new Runner(options.build()).run();
      for (RunResult result : got) {
        results.computeIfAbsent(measurement, key -> new ArrayList<>()).add(result);
        out.printf(
            Locale.ROOT,
            "[%d/%d] %s: %.1f ns%n",
            round,
            rounds,
            measurement,
            result.getPrimaryResult().getScore());
      }
    } catch (RunnerException e) {
      out.printf(Locale.ROOT, "[%d/%d] %s FAILED: %s%n", round, rounds, measurement, e);
    }
  }

  /** The forks of one measurement as one result. */
  static RunResult merge(List<RunResult> forks) {
    return new RunResult(forks.get(0).getParams(), results(forks));
  }

  /** The forks of one measurement. */
  static List<BenchmarkResult> results(List<RunResult> forks) {
    return forks.stream().flatMap(fork -> fork.getBenchmarkResults().stream()).toList();
  }
}
