package io.github.datastorelookup.traces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.checks.Docs;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.traces.Recording.Step;
import io.github.datastorelookup.traces.TracePrograms.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The lines of {@code docs/reference/traces/traces.jsonl}. */
final class TraceFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TraceFile() {}

  /** The folder of the traces, whatever the working directory. */
  static Path folder() {
    return Docs.folder().resolve("reference/traces");
  }

  /** All traces, one in each line. */
  static List<String> lines() throws IOException {
    Map<String, Program> programs = new HashMap<>();
    TracePrograms.all().forEach(program -> programs.put(program.name(), program));
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> each : ChosenSchedules.all().entrySet()) {
      String id = each.getKey();
      Program program = Objects.requireNonNull(programs.get(id.replaceFirst("-\\d+$", "")), id);
      Recording run = Recording.of(program.scenario(), Schedules.replay(each.getValue()));
      lines.add(line(program, id, Objects.requireNonNull(run, id)));
    }
    return lines;
  }

  private static String line(Program program, String id, Recording run)
      throws JsonProcessingException {
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("id", id);
    trace.put("about", program.about());
    trace.put("program", program(run.scenario()));
    trace.put("schedule", schedule(run.steps()));
    trace.put("clauses", clauses(run.steps()));
    trace.put("configs", run.configs());
    trace.put("start", ofPart(run.answersBefore(), run.start()));
    trace.put("steps", run.steps().stream().map(TraceFile::step).toList());
    trace.put("end", ofPart(run.answersAfter(), run.end()));
    return JSON.writeValueAsString(trace);
  }

  private static Set<String> clauses(List<Step> steps) {
    Set<String> clauses = new TreeSet<>();
    for (Step step : steps) {
      if (step.clause() != null) {
        clauses.add(step.clause());
      }
    }
    return clauses;
  }

  private static Map<String, Object> ofPart(List<String> answers, Map<String, Object> state) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("answers", answers);
    part.put("state", state);
    return part;
  }

  private static Map<String, Object> program(Scenario scenario) {
    Map<String, Object> program = new LinkedHashMap<>();
    program.put("processes", scenario.processes());
    program.put("before", texts(scenario.setup()));
    program.put("threads", scenario.threads().stream().map(TraceFile::texts).toList());
    program.put("after", texts(scenario.afterwards()));
    return program;
  }

  private static List<String> texts(List<Command> commands) {
    return commands.stream().map(Command::toString).toList();
  }

  /** How many steps each thread makes before another one goes on. */
  private static List<String> schedule(List<Step> steps) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < steps.size(); ) {
      Step first = steps.get(i);
      int same = i;
      while (same < steps.size() && steps.get(same).thread() == first.thread()) {
        same++;
      }
      parts.add(
          first.thread() == 0
              ? "kill " + first.command()
              : "T" + first.thread() + "*" + (same - i));
      i = same;
    }
    return parts;
  }

  private static Map<String, @Nullable Object> step(Step step) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    put(all, "t", step.thread() == 0 ? null : step.thread());
    all.put("op", step.op());
    put(all, "command", step.command());
    put(all, "answer", step.answer());
    put(all, "files", step.files() == 0 ? null : step.files());
    put(all, "clock", step.clock());
    Access access = step.access();
    if (access != null) {
      put(all, "on", access.on());
      put(all, "with", access.with());
      put(all, "got", access.got());
    }
    put(all, "clause", step.clause());
    put(all, "sets", step.sets().isEmpty() ? null : step.sets());
    return all;
  }

  private static void put(Map<String, @Nullable Object> all, String key, @Nullable Object value) {
    if (value != null) {
      all.put(key, value);
    }
  }
}
