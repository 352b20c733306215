package io.github.datastorelookup.portkit;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryCoverage;
import io.github.datastorelookup.processes.Logs;
import io.github.datastorelookup.processes.Plan;
import io.github.datastorelookup.processes.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Processes of the port and one of this library, on one directory: the process layer of the
 * verification, in which most processes are the port's.
 */
final class DrivingMode implements Mode {
  private static final int PORTS = 3;
  private static final Duration BUSY = Duration.ofSeconds(10);

  /** With fewer programs than this of the model mode, which stand for a short run. */
  private static final int FEW = 50;

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final Duration BETWEEN_KILLS = Duration.ofMillis(1500);

  private final KitOptions options;
  private int rounds;
  private long calls;

  DrivingMode(KitOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "driving";
  }

  @Override
  public String about() {
    return "three processes of the port and one of Java on real files, at once, killed and stopped";
  }

  @Override
  public Outcome run(long until) throws IOException {
    Duration busy = options.programs() < FEW ? SHORT : BUSY;
    Plan plan = new Plan(PORTS + 1, PORTS, 1, busy, BETWEEN_KILLS, 1, 1);
    @Nullable String summary = null;
    do {
      Round round = round(plan);
      try {
        round.run();
      } catch (InvariantViolation e) {
        return outcome(Verdict.BROKEN, e.getMessage(), summary);
      } catch (AssertionError e) {
        return begun(round)
            ? outcome(Verdict.BROKEN, e.getMessage(), summary)
            : outcome(Verdict.UNKNOWN, "the port did not begin: " + e.getMessage(), summary);
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("driving cannot go on", e);
      }
      HistoryCoverage coverage = Objects.requireNonNull(round.coverage());
      summary = coverage.summary();
      calls += coverage.operations();
      rounds++;
      if (!round.missing().isEmpty()) {
        String why = "too little happened to say more: " + round.missing();
        return outcome(Verdict.UNKNOWN, why, summary);
      }
    } while (System.nanoTime() < until);
    return outcome(Verdict.HOLDS, null, summary);
  }

  /** Whether the port granted anything. */
  private static boolean begun(Round round) {
    HistoryCoverage coverage = round.coverage();
    return coverage != null && coverage.grantedTo(DrivingMode::isPort) > 0;
  }

  /** The first workers are the port's. */
  private static boolean isPort(String source) {
    return source.matches("worker-[0-" + (PORTS - 1) + "]-\\d+");
  }

  private Round round(Plan plan) {
    Path kept = Objects.requireNonNull(options.failure().toAbsolutePath().getParent());
    return new Round(options.seed() + rounds, plan, options.port(), kept);
  }

  private Outcome outcome(Verdict verdict, @Nullable String why, @Nullable String summary) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rounds", rounds);
    figures.put("calls", calls);
    figures.put("last", summary == null ? "" : summary);
    return new Outcome(verdict, why, List.of(), figures);
  }

  @Override
  public boolean isFailure(List<String> lines) {
    return lines.size() == 1 && Files.isDirectory(Path.of(lines.get(0)));
  }

  /** A run with kills cannot be repeated, but its logs can be judged again. */
  @Override
  public Outcome replay(List<String> lines) throws IOException {
    History history = new History(Logs.below(Path.of(lines.get(0))));
    String summary = new HistoryCoverage(history).summary();
    try {
      Logs.judge(history).checkRun();
      return outcome(Verdict.HOLDS, null, summary);
    } catch (InvariantViolation e) {
      return outcome(Verdict.BROKEN, e.getMessage(), summary);
    }
  }
}
