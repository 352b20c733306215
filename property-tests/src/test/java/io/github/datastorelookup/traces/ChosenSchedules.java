package io.github.datastorelookup.traces;

import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.ScenarioText;
import io.github.datastorelookup.traces.TracePrograms.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schedule of each trace: {@code schedules.txt}, a line with id and schedule for each. Written
 * once for each program, so that an id means the same race for ever, in whatever order schedules
 * are explored later.
 */
final class ChosenSchedules {
  private static final String FILE =
      "property-tests/src/test/resources/io/github/datastorelookup/traces/schedules.txt";

  private ChosenSchedules() {}

  private static Path file() {
    return TraceFile.folder().resolveSibling("..").normalize().resolve(FILE);
  }

  /** By id, what is chosen at each decision. */
  static Map<String, List<Integer>> all() throws IOException {
    Map<String, Program> programs = new LinkedHashMap<>();
    TracePrograms.all().forEach(program -> programs.put(program.name(), program));
    Map<String, List<Integer>> all = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file())) {
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

  /** Chooses schedules for each program that has none yet, and adds them to the file. */
  static void choose() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file()));
    for (Program program : TracePrograms.all()) {
      if (lines.stream().noneMatch(line -> line.startsWith(program.name() + "-1 "))) {
        int number = 0;
        for (List<Integer> choices : Selection.of(program.scenario())) {
          lines.add(program.name() + "-" + ++number + " " + text(program, choices));
        }
      }
    }
    Files.write(file(), lines);
  }

  private static String text(Program program, List<Integer> choices) {
    return ScenarioText.lines(new Counterexample(program.scenario(), choices)).stream()
        .filter(line -> line.startsWith("schedule: "))
        .map(line -> line.substring("schedule: ".length()))
        .findFirst()
        .orElse("");
  }
}
