package io.github.datastorelookup.benchmarks;

import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures that have targets, from the scores of one run. */
final class Ratios {
  private static final double MOST_FLOORS = 1.6;
  private static final double MOST_CACHES = 1.4;
  private static final double MOST_BYTES = 32;
  private static final double LEAST_SPECIMENS = 500;
  private static final double LEAST_SCALING = 0.85;
  private static final double MOST_RELOAD_MILLIS = 40;
  private static final double MILLI = 1e6;

  private final Map<Measurement, Score> scores;

  private Ratios(Map<Measurement, Score> scores) {
    this.scores = scores;
  }

  /** All ratios; throws if a score is missing. */
  static List<Ratio> of(Map<Measurement, Score> scores) {
    return new Ratios(scores).all();
  }

  private List<Ratio> all() {
    List<Ratio> all = new ArrayList<>();
    for (int datastores : new int[] {BenchmarkPlan.ONE, BenchmarkPlan.SOME, BenchmarkPlan.MANY}) {
      Score warm = score(BenchmarkPlan.WARM.datastores(datastores));
      Score floor = score(BenchmarkPlan.FLOOR.datastores(datastores));
      String on = on(datastores);
      all.add(
          Ratio.atMost(
              "warm lookup and close / floor" + on, warm.median() / floor.median(), MOST_FLOORS));
      // Whole bytes: what the harness itself allocates is spread over all operations.
      all.add(
          Ratio.atMost(
              "bytes allocated by a warm lookup" + on, Math.rint(warm.allocated()), MOST_BYTES));
    }
    all.add(
        Ratio.atMost(
            "warm lookup and close / Caffeine and LongAdder" + on(BenchmarkPlan.ONE),
            score(BenchmarkPlan.WARM.datastores(BenchmarkPlan.ONE)).median()
                / score(BenchmarkPlan.CAFFEINE.datastores(BenchmarkPlan.ONE)).median(),
            MOST_CACHES));
    for (int datastores : new int[] {BenchmarkPlan.ONE, BenchmarkPlan.MANY}) {
      double warm = score(BenchmarkPlan.WARM.datastores(datastores)).median();
      SpecimenKind shipped = SpecimenKind.PBS_4_2_3;
      double specimen = score(BenchmarkPlan.specimen(shipped).datastores(datastores)).median();
      all.add(
          Ratio.atLeast(
              "specimen " + shipped.id() + " / warm lookup and close" + on(datastores),
              specimen / warm,
              LEAST_SPECIMENS));
    }
    // Not with many: each of two threads uses half the names, and hits its caches twice as often.
    all.add(
        Ratio.atLeast(
            "gain of a warm lookup by a second thread / gain of the floor" + on(BenchmarkPlan.SOME),
            gain(BenchmarkPlan.WARM.datastores(BenchmarkPlan.SOME))
                / gain(BenchmarkPlan.FLOOR.datastores(BenchmarkPlan.SOME)),
            LEAST_SCALING));
    all.add(
        Ratio.atMost(
            "milliseconds of a reload" + on(BenchmarkPlan.MANY),
            score(BenchmarkPlan.RELOAD.datastores(BenchmarkPlan.MANY)).median() / MILLI,
            MOST_RELOAD_MILLIS));
    return all;
  }

  /** How many times as much two threads do as one. */
  private double gain(Measurement alone) {
    return 2 * score(alone).median() / score(alone.halvedByTwo()).median();
  }

  private Score score(Measurement measurement) {
    Score score = scores.get(measurement);
    if (score == null) {
      throw new IllegalStateException("not measured: " + measurement);
    }
    return score;
  }

  private static String on(int datastores) {
    return ", datastores=" + datastores;
  }
}
