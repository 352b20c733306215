package io.github.datastorelookup.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A measured time, read from {@code results.json}.
 *
 * @param title what was measured
 * @param datastores how many there were; empty if the time does not depend on them
 * @param threads how many, and what they shared
 * @param median over the forks, in nanoseconds
 * @param least of the best fork
 * @param most of the worst fork
 */
public record Figure(
    String title, String datastores, String threads, double median, double least, double most) {

  /** Reads all figures of such a file that are planned today, in the order of the plan. */
  public static List<Figure> read(Path results) throws IOException {
    JsonNode found = new ObjectMapper().readTree(results.toFile());
    List<Figure> figures = new ArrayList<>();
    for (Measurement planned : BenchmarkPlan.all()) {
      for (JsonNode each : found) {
        if (measured(each).filter(planned::equals).isPresent()) {
          figures.add(of(planned, each.path("primaryMetric").path("rawData")));
        }
      }
    }
    return figures;
  }

  /** The measurement that matches most of a result's parameters. */
  private static Optional<Measurement> measured(JsonNode result) {
    return BenchmarkPlan.all().stream()
        .filter(each -> each.benchmark().equals(result.path("benchmark").asText()))
        .filter(each -> each.threads() == result.path("threads").asInt())
        .filter(each -> each.parameters().entrySet().stream().allMatch(own -> has(result, own)))
        .max(Comparator.comparingInt(each -> each.parameters().size()));
  }

  private static boolean has(JsonNode result, Map.Entry<String, String> parameter) {
    return result.path("params").path(parameter.getKey()).asText().equals(parameter.getValue());
  }

  private static Figure of(Measurement planned, JsonNode forks) {
    List<Double> medians = new ArrayList<>();
    forks.forEach(fork -> medians.add(median(fork)));
    double[] sorted = medians.stream().mapToDouble(each -> each).sorted().toArray();
    return new Figure(
        planned.title(),
        planned.datastores(),
        planned.remark(),
        Score.median(sorted),
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static double median(JsonNode fork) {
    double[] iterations = new double[fork.size()];
    Arrays.setAll(iterations, i -> fork.get(i).asDouble());
    Arrays.sort(iterations);
    return Score.median(iterations);
  }
}
