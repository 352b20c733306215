package io.github.datastorelookup.traces;

import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.oracle.ScenarioText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The fixed list of programs that have traces: {@code programs.txt}, a block of {@link
 * ScenarioText} for each. New ones go to the end.
 */
public final class TracePrograms {
  private TracePrograms() {}

  /**
   * A program.
   *
   * @param name the ids of its traces begin with it
   * @param about what it shows, in one line
   */
  public record Program(String name, String about, Scenario scenario) {
    /** The scenario in the schedule that this text shows. */
    public Counterexample withSchedule(String schedule) {
      List<String> lines = new ArrayList<>();
      lines.addAll(ScenarioText.lines(new Counterexample(scenario, List.of())));
      lines.add("schedule: " + schedule);
      return ScenarioText.parse(String.join("\n", lines));
    }
  }

  /** All, in the order of the file. */
  public static List<Program> all() throws IOException {
    return Arrays.stream(resource("programs.txt").strip().split("\n\n+", -1))
        .map(TracePrograms::program)
        .toList();
  }

  /** The text of a file of this package. */
  static String resource(String name) throws IOException {
    try (InputStream file = TracePrograms.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Program program(String block) {
    return new Program(
        value(block, "name: "), value(block, "about: "), ScenarioText.parse(block).scenario());
  }

  private static String value(String block, String key) {
    return block
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + key + "in:\n" + block));
  }
}
