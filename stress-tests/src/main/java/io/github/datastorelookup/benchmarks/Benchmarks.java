package io.github.datastorelookup.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.verification.Environment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * Measures, and compares the results with the targets: {@code mvn -B verify -Pbenchmarks}.
 *
 * <p>Writes {@code results.json}, as JMH does, {@code ratios.json} and the tables. Exits with 0 if
 * every planned measurement ran; with {@code -Dstrict=true} only if all targets are met as well,
 * which proves little on a busy machine.
 */
public final class Benchmarks {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path root;
  private final Path output;
  private final int rounds;
  private final PrintStream out;

  private Benchmarks(Path root, int rounds, PrintStream out) {
    this.root = root;
    this.output = root.resolve("stress-tests/target/benchmarks");
    this.rounds = rounds;
    this.out = out;
  }

  /** Runs the benchmarks; the argument is the folder of the parent pom. */
  public static void main(String[] args) throws IOException {
    System.setProperty("jmh.ignoreLock", "true"); // runs beside another JMH if it has to
    Benchmarks benchmarks =
        new Benchmarks(
            Path.of(args[0]).toAbsolutePath().normalize(),
            Integer.getInteger("rounds", 5),
            System.out);
    boolean passed =
        benchmarks.run(System.getProperty("benchmarks", ""), Boolean.getBoolean("strict"));
    System.exit(passed ? 0 : 1);
  }

  private boolean run(String only, boolean strict) throws IOException {
    Files.createDirectories(output);
    List<Measurement> all = BenchmarkPlan.all();
    List<Measurement> plan = all.stream().filter(m -> m.toString().contains(only)).toList();
    Map<Measurement, List<RunResult>> forks = new Rounds(plan, rounds, out).run();
    writeResults(forks);
    Map<Measurement, Score> scores = new LinkedHashMap<>();
    forks.forEach((measurement, ran) -> scores.put(measurement, Score.of(Rounds.results(ran))));
    int ran = forks.values().stream().mapToInt(List::size).sum();
    boolean complete = ran == all.size() * rounds;
    List<Ratio> ratios = complete ? Ratios.of(scores) : List.of();
    JSON.writeValue(output.resolve("ratios.json").toFile(), ratios);
    List<String> tables =
        Tables.lines(
            Environment.here(root),
            LocalDate.now(ZoneOffset.UTC).toString(),
            Rounds.method(rounds),
            scores,
            ratios);
    Files.write(output.resolve("tables.md"), tables);
    tables.forEach(out::println);
    long missed = ratios.stream().filter(ratio -> !ratio.met()).count();
    out.printf(
        Locale.ROOT,
        "%nmeasured %d of %d, targets missed: %s%n",
        ran,
        all.size() * rounds,
        complete ? missed + " of " + ratios.size() : "unknown");
    return complete && (missed == 0 || !strict);
  }

  /** Writes JMH's own format, in which each result has the number of its forks. */
  private void writeResults(Map<Measurement, List<RunResult>> forks) throws IOException {
    Path file = output.resolve("results.json");
    List<RunResult> merged = forks.values().stream().map(Rounds::merge).toList();
    ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(merged);
    JsonNode results = JSON.readTree(file.toFile());
    for (JsonNode result : results) {
      int number = result.path("primaryMetric").path("rawData").size();
      JsonNode unused = ((ObjectNode) result).put("forks", number);
    }
    JSON.writeValue(file.toFile(), results);
  }
}
