package io.github.datastorelookup.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * The forks of one measurement, in short.
 *
 * @param median over the forks, in nanoseconds for one operation of one thread
 * @param least the best fork
 * @param most the worst fork
 * @param allocated bytes for each operation, median over the forks
 */
@SuppressWarnings("rawtypes") // JMH's results are
record Score(double median, double least, double most, double allocated) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** Of one result for each fork. */
  static Score of(List<BenchmarkResult> forks) {
    double[] times = forks.stream().mapToDouble(Score::time).sorted().toArray();
    double[] bytes = forks.stream().mapToDouble(Score::allocated).sorted().toArray();
    return new Score(median(times), times[0], times[times.length - 1], median(bytes));
  }

  /** The median of the iterations. */
  private static double time(BenchmarkResult fork) {
    return fork.getPrimaryResult().getStatistics().getPercentile(50);
  }

  private static double allocated(BenchmarkResult fork) {
    for (Map.Entry<String, Result> result : fork.getSecondaryResults().entrySet()) {
      if (result.getKey().endsWith(ALLOCATED)) {
        return result.getValue().getStatistics().getPercentile(50);
      }
    }
    return Double.NaN;
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
