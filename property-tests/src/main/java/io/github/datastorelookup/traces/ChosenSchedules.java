package io.github.datastorelookup.traces;

import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.ScenarioText;
import io.github.datastorelookup.traces.TracePrograms.Program;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schedule of each trace: {@code schedules.txt}, a line with id and schedule for each. Written
 * once for each program, so that an id means the same race for ever, even if the order of
 * exploration changes.
 */
public final class ChosenSchedules {
  private static final String FILE = "schedules.txt";

  private ChosenSchedules() {}

  /** By id, what is chosen at each decision. */
  public static Map<String, List<Integer>> all() throws IOException {
    Map<String, Program> programs = new LinkedHashMap<>();
    TracePrograms.all().forEach(program -> programs.put(program.name(), program));
    Map<String, List<Integer>> all = new LinkedHashMap<>();
    for (String line : lines()) {
      String id = line.replaceFirst(" .*", "");
      Program program = programs.get(id.replaceFirst("-\\d+$", ""));
      if (program == null) {
        throw new IllegalArgumentException("no program for " + id);
      }
      String schedule = line.substring(id.length()).strip();
      all.put(id, program.withSchedule(schedule).choices());
    }
    return all;
  }

  /** The lines of the file. */
  static List<String> lines() throws IOException {
    return TracePrograms.resource(FILE).lines().toList();
  }

  /** A schedule as the file has it. */
  static String text(Program program, List<Integer> choices) {
    return ScenarioText.lines(new Counterexample(program.scenario(), choices)).stream()
        .filter(line -> line.startsWith("schedule: "))
        .map(line -> line.substring("schedule: ".length()))
        .findFirst()
        .orElse("");
  }
}
