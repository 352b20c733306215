package io.github.datastorelookup.portkit;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.CommandText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random programs of commands, one after the other, by processes of a port on real files, against
 * the sequential model.
 */
final class ModelMode implements Mode {
  /** Fewer kinds of answers say too little about a port. */
  static final int LEAST_OUTCOMES = 12;

  private static final int MOST_PROCESSES = 3;

  private final KitOptions options;
  private final Coverage coverage = new Coverage();
  private int programs;

  ModelMode(KitOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public String about() {
    return "random commands of up to three processes on real files, one after the other";
  }

  private Processes processes() {
    return new Processes(options.port(), options.patienceSeconds());
  }

  /** A program that the port runs wrong, and what was wrong. */
  private record Failure(List<Command> program, String what) {}

  @Override
  public Outcome run(long until) throws IOException {
    try (Processes processes = processes()) {
      while (programs < options.programs() || System.nanoTime() < until) {
        Random random = new Random(new SplittableRandom(options.seed() + programs).nextLong());
        int number = 1 + random.nextInt(MOST_PROCESSES);
        programs++;
        Failure found = broken(processes, new RandomCommands(random, number).program(), coverage);
        if (found != null) {
          return !coverage.hasBegun() ? notBegun(found) : broken(smallest(found));
        }
      }
    }
    return coverage.outcomes().size() >= LEAST_OUTCOMES
        ? outcome(Verdict.HOLDS, null, List.of())
        : outcome(
            Verdict.UNKNOWN, "too few kinds of answers to say more: run more programs", List.of());
  }

  @Override
  public boolean isFailure(List<String> lines) {
    return lines.stream()
        .noneMatch(line -> line.startsWith("processes: ") || Files.isDirectory(Path.of(line)));
  }

  @Override
  public Outcome replay(List<String> lines) throws IOException {
    List<Command> program =
        lines.stream().filter(line -> !line.isBlank()).map(CommandText::parse).toList();
    programs++;
    try (Processes processes = processes()) {
      Failure found = broken(processes, program, coverage);
      return found == null ? outcome(Verdict.HOLDS, null, List.of()) : broken(found);
    }
  }

  private Outcome notBegun(Failure found) {
    return outcome(Verdict.UNKNOWN, "the port did not begin: " + found.what(), List.of());
  }

  private Outcome broken(Failure found) {
    return outcome(
        Verdict.BROKEN, found.what(), found.program().stream().map(Command::toString).toList());
  }

  private Outcome outcome(Verdict verdict, @Nullable String why, List<String> failure) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("programs", programs);
    figures.put("commands", coverage.commands());
    figures.put("outcomes", coverage.outcomes().size());
    figures.put("answers", coverage.answers());
    return new Outcome(verdict, why, failure, figures);
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
}
