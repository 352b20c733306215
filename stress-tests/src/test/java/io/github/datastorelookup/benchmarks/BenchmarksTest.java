package io.github.datastorelookup.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The plan, the names, and the figures with targets. */
@Tag("runner")
final class BenchmarksTest {
  private static final double WARM = 50;

  /**
   * Scores that meet every target: the floor takes 32 ns, a warm lookup and a cache 50, a specimen
   * 100 us.
   */
  private static Map<Measurement, Score> scores() {
    Map<Measurement, Score> scores = new LinkedHashMap<>();
    for (Measurement measurement : BenchmarkPlan.all()) {
      double time = measurement.title().equals("floor") ? 32 : WARM;
      if (measurement.benchmark().startsWith(SpecimenBenchmark.class.getName())) {
        time = 100_000;
      }
      if (measurement.benchmark().equals(BenchmarkPlan.RELOAD.benchmark())) {
        time = 30e6;
      }
      scores.put(measurement, new Score(time, time, time, 32));
    }
    return scores;
  }

  @Test
  void plan_namesBenchmarksAndParametersThatJmhKnows() {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(out(), List.of())) {
      Set<String> parameters = new TreeSet<>();
      entry.getParams().orElse(Map.of()).keySet().forEach(parameters::add);
      known.put(entry.getUsername(), parameters);
    }
    Set<String> planned = new HashSet<>();
    for (Measurement measurement : BenchmarkPlan.all()) {
      planned.add(measurement.benchmark());
      Set<String> parameters = known.get(measurement.benchmark());
      assertTrue(
          parameters != null && parameters.containsAll(measurement.parameters().keySet()),
          measurement + " known: " + parameters);
    }
    assertEquals(known.keySet(), planned, "a benchmark that nobody runs");
  }

  private static OutputFormat out() {
    return OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
  }

  @Test
  void plan_hasNothingTwice() {
    assertEquals(BenchmarkPlan.all().size(), new HashSet<>(BenchmarkPlan.all()).size());
  }

  @Test
  void ratios_ofGoodScores_areAllMet() {
    List<Ratio> ratios = Ratios.of(scores());
    assertTrue(ratios.stream().allMatch(Ratio::met), ratios.toString());
  }

  @Test
  void ratios_ofASlowWarmLookup_areMissed() {
    Map<Measurement, Score> scores = scores();
    scores.put(BenchmarkPlan.WARM.datastores(BenchmarkPlan.MANY), new Score(61, 61, 61, 40));
    List<String> missed =
        Ratios.of(scores).stream().filter(ratio -> !ratio.met()).map(Ratio::name).toList();
    assertEquals(
        List.of(
            "warm lookup and close / floor, datastores=10000, at most",
            "bytes allocated by a warm lookup, datastores=10000, at most"),
        missed);
  }

  @Test
  void ratio_toAFasterCache_isMissed() {
    Map<Measurement, Score> scores = scores();
    scores.put(BenchmarkPlan.CAFFEINE.datastores(BenchmarkPlan.ONE), new Score(35, 35, 35, 16));
    Ratio caches =
        Ratios.of(scores).stream().filter(ratio -> !ratio.met()).findFirst().orElseThrow();
    assertEquals(
        "warm lookup and close / Caffeine and LongAdder, datastores=1, at most", caches.name());
  }

  @Test
  void ratios_ofTwoThreadsInEachOthersWay_areMissed() {
    Map<Measurement, Score> scores = scores();
    double time = WARM / 0.84;
    scores.put(
        BenchmarkPlan.WARM.datastores(BenchmarkPlan.SOME).halvedByTwo(),
        new Score(time, time, time, 32));
    Ratio gain = Ratios.of(scores).stream().filter(ratio -> !ratio.met()).findFirst().orElseThrow();
    assertEquals(0.84, gain.ratio(), 1e-9);
    assertTrue(gain.name().startsWith("gain of a warm lookup by a second thread"), gain.name());
  }

  @Test
  void ratios_ofAnIncompleteRun_areRefused() {
    Map<Measurement, Score> scores = scores();
    scores.remove(BenchmarkPlan.FLOOR.datastores(BenchmarkPlan.ONE));
    assertThrows(IllegalStateException.class, () -> Ratios.of(scores));
  }

  private static Set<String> drawn(Names names) {
    Set<String> drawn = new TreeSet<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.add(names.next());
    }
    return drawn;
  }

  @Test
  void names_ofOneThread_areAll() {
    assertEquals(Set.of(Names.of(100)), drawn(new Names(Names.of(100), 0, 1)));
  }

  @Test
  void names_ofTwoThreads_areEachItsOwnHalf() {
    Set<String> first = drawn(new Names(Names.of(5), 0, 2));
    Set<String> second = drawn(new Names(Names.of(5), 1, 2));
    assertEquals(3, first.size());
    assertEquals(2, second.size());
    assertFalse(first.removeAll(second), "both use one of " + second);
  }
}
