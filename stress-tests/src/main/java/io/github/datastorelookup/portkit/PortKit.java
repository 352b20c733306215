package io.github.datastorelookup.portkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.CommandText;
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
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Model mode of the port kit: random programs of commands, one after the other, by processes of a
 * port on real files, against the sequential model.
 */
final class PortKit {
  /** Fewer kinds of answers say too little about a port. */
  static final int LEAST_OUTCOMES = 12;

  private static final int MOST_PROCESSES = 3;

  private final KitOptions options;
  private final PrintStream out;
  private final Coverage coverage = new Coverage();
  private int programs;

  PortKit(KitOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs it, tells the verdict in one line, and writes the report. */
  Verdict run() throws IOException {
    long start = System.nanoTime();
    String why;
    Verdict verdict = Verdict.HOLDS;
    @Nullable Failure failure = null;
    try (Processes processes = processes()) {
      failure = search(processes, start);
    }
    int commands = coverage.commands();
    if (failure == null) {
      int outcomes = coverage.outcomes().size();
      boolean enough = options.replay() != null || outcomes >= LEAST_OUTCOMES;
      verdict = enough ? Verdict.HOLDS : Verdict.UNKNOWN;
      why = enough ? "" : ", too few kinds of answers to say more: run more programs";
    } else if (commands == 0) {
      verdict = Verdict.UNKNOWN;
      why = ", the port did not begin: " + failure.what();
    } else {
      verdict = Verdict.BROKEN;
      tell(failure);
      why = ": " + failure.what().lines().findFirst().orElse("");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println(
        String.format(
            Locale.ROOT,
            "port-kit: %s: seed=%d programs=%d commands=%d answers=%d in %.1f s%s",
            verdict.text(),
            options.seed(),
            programs,
            commands,
            coverage.outcomes().size(),
            seconds,
            why));
    report(verdict, failure, seconds);
    return verdict;
  }

  private Processes processes() {
    return new Processes(options.port(), options.patienceSeconds());
  }

  /** A program that the port runs wrong, as small as was found, and what was wrong. */
  private record Failure(List<Command> program, String what) {}

  private @Nullable Failure search(Processes processes, long start) throws IOException {
    Path replay = options.replay();
    if (replay != null) {
      programs++;
      return broken(processes, read(replay), coverage);
    }
    while (programs < options.programs()
        || System.nanoTime() - start < Duration.ofMinutes(options.minutes()).toNanos()) {
      Random random = new Random(new SplittableRandom(options.seed() + programs).nextLong());
      int number = 1 + random.nextInt(MOST_PROCESSES);
      programs++;
      Failure found = broken(processes, new RandomCommands(random, number).program(), coverage);
      if (found != null) {
        return coverage.commands() == 0 ? found : smallest(found);
      }
    }
    return null;
  }

  private static @Nullable Failure broken(
      Processes processes, List<Command> program, Coverage coverage) throws IOException {
    try (Sandbox files = Sandbox.create()) {
      int number = 1 + program.stream().mapToInt(Command::process).max().orElse(0);
      new ModelRun(processes, number, files, coverage).run(program);
      return null;
    } catch (Broken e) {
      return new Failure(program, String.valueOf(e.getMessage()));
    }
  }

  /** Leaves out halves, quarters and so on down to single commands, in new processes each time. */
  private Failure smallest(Failure found) throws IOException {
    Failure smallest = found;
    int tries = options.tries();
    for (int part = found.program().size() / 2; part > 0; part /= 2) {
      for (int end = smallest.program().size(); end >= part && tries > 0; end -= part, tries--) {
        List<Command> without = new ArrayList<>(smallest.program());
        without.subList(end - part, end).clear();
        try (Processes fresh = processes()) {
          Failure smaller = broken(fresh, without, new Coverage());
          smallest = smaller == null ? smallest : smaller;
        }
      }
    }
    return smallest;
  }

  private void tell(Failure failure) throws IOException {
    StringBuilder text = new StringBuilder();
    failure.program().forEach(command -> text.append(command).append('\n'));
    Path file = options.failure();
    Path unused = Files.writeString(file, text);
    out.println(text + failure.what());
    out.println("again: --replay=" + file);
  }

  private static List<Command> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(CommandText::parse)
        .toList();
  }

  private void report(Verdict verdict, @Nullable Failure failure, double seconds)
      throws IOException {
    Path file = options.report();
    if (file != null) {
      Map<String, @Nullable Object> report = new LinkedHashMap<>();
      report.put("kit", ModelRun.VERSION);
      report.put("mode", "model");
      report.put("verdict", verdict.text());
      report.put("seed", options.seed());
      report.put("programs", programs);
      report.put("commands", coverage.commands());
      report.put("seconds", seconds);
      report.put("answers", coverage.answers());
      report.put("broken", failure == null ? null : failure.what());
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }
  }

  /** Exit codes are 0, 1 and 2; a wrong command line is 2 too. */
  public static void main(String[] args) throws IOException {
    KitOptions options;
    try {
      options = KitOptions.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("port-kit: " + e.getMessage());
      System.err.println(KitOptions.USAGE);
      System.exit(Verdict.UNKNOWN.exitCode());
      return;
    }
    System.exit(new PortKit(options, System.out).run().exitCode());
  }
}
