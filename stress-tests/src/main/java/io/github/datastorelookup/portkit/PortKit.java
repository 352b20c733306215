package io.github.datastorelookup.portkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.portkit.Mode.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Judges a port in each of the kit's modes: see {@code docs/reference/port-kit.md}. */
final class PortKit {
  /** This library, in the kit's own process: its log says nothing of the port. */
  private static final Logger LIBRARY = Logger.getLogger("io.github.datastorelookup");

  private final KitOptions options;
  private final PrintStream out;
  private final Map<String, Object> report = new LinkedHashMap<>();

  PortKit(KitOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  private static List<Mode> modes(KitOptions options) {
    return List.of(new ModelMode(options), new SteppingMode(options), new DrivingMode(options));
  }

  /** Runs it, tells the verdict of each mode in one line, and writes the report. */
  Verdict run() throws IOException {
    if (options.list()) {
      modes(options).forEach(mode -> out.println(mode.name() + ": " + mode.about()));
      return Verdict.HOLDS;
    }
    Path replay = options.replay();
    List<String> lines = replay == null ? List.of() : failure(replay);
    List<Mode> chosen = new ArrayList<>(modes(options));
    chosen.removeIf(
        mode ->
            (options.only() != null && !mode.name().equals(options.only()))
                || (replay != null && !mode.isFailure(lines)));
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("no mode for it: --only=" + options.only());
    }
    Duration each = Duration.ofMinutes(options.minutes()).dividedBy(chosen.size());
    Verdict verdict = Verdict.HOLDS;
    for (Mode mode : chosen) {
      long start = System.nanoTime();
      Outcome outcome = replay == null ? mode.run(start + each.toNanos()) : mode.replay(lines);
      tell(mode, outcome, (System.nanoTime() - start) / 1e9);
      verdict = verdict.and(outcome.verdict());
      if (verdict == Verdict.BROKEN) {
        break; // what comes after it would only say so again
      }
    }
    report(verdict);
    return verdict;
  }

  /** The lines of a file; of a driven run the name of the folder with its logs. */
  private static List<String> failure(Path replay) throws IOException {
    return Files.isDirectory(replay) ? List.of(replay.toString()) : Files.readAllLines(replay);
  }

  private void tell(Mode mode, Outcome outcome, double seconds) throws IOException {
    if (outcome.verdict() == Verdict.BROKEN) {
      outcome.failure().forEach(out::println);
      out.println(outcome.why());
      if (!outcome.failure().isEmpty()) {
        Path unused = Files.write(options.failure(), outcome.failure());
        out.println("again: --replay=" + options.failure());
      }
    }
    StringBuilder figures = new StringBuilder();
    outcome
        .figures()
        .forEach(
            (name, value) -> {
              if (value instanceof Number) {
                figures.append(' ').append(name).append('=').append(value);
              }
            });
    String why = outcome.why() == null ? "" : ": " + outcome.why().lines().findFirst().orElse("");
    out.println(
        String.format(
            Locale.ROOT,
            "port-kit %s: %s: seed=%d%s in %.1f s%s",
            mode.name(),
            outcome.verdict().text(),
            options.seed(),
            figures,
            seconds,
            why));
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("verdict", outcome.verdict().text());
    told.put("seconds", seconds);
    told.putAll(outcome.figures());
    told.put("why", outcome.why());
    report.put(mode.name(), told);
  }

  private void report(Verdict verdict) throws IOException {
    Path file = options.report();
    if (file != null) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("kit", ModelRun.VERSION);
      all.put("port", options.port());
      all.put("seed", options.seed());
      all.put("verdict", verdict.text());
      all.put("modes", report);
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }
  }

  /** Exit codes are 0, 1 and 2; a wrong command line and an unreadable file are 2 too. */
  public static void main(String[] args) {
    if (List.of(args).equals(List.of("--help"))) {
      System.out.println(KitOptions.USAGE);
      return;
    }
    LIBRARY.setLevel(Level.SEVERE);
    Verdict verdict = Verdict.UNKNOWN;
    try {
      verdict = new PortKit(KitOptions.parse(List.of(args)), System.out).run();
    } catch (IllegalArgumentException e) {
      System.err.println("port-kit: " + e.getMessage());
      System.err.println(KitOptions.USAGE);
    } catch (IOException e) {
      System.err.println("port-kit: " + e); // no verdict on the port
    }
    System.exit(verdict.exitCode());
  }
}
