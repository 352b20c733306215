package io.github.datastorelookup.simulation;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.model.Answer;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.oracle.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** What ran at the same time, and what came of it: two tables in the report. */
final class PairCoverage {
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Commands> commands = new TreeMap<>();

  /** The programs of a situation. */
  private static final class Row {
    private final int planned;
    private int ran;
    private int met;
    private int cutOff;
    private long runs;
    private long states;

    Row(int planned) {
      this.planned = planned;
    }
  }

  /** The programs with a kind of command, and those in which it had each outcome. */
  private static final class Commands {
    private final Set<String> situations = new TreeSet<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int programs;
  }

  /** One program; what it is told counts once. */
  final class Program implements BiConsumer<Command, Answer> {
    private final String situation;
    private final Scenario scenario;
    private final Map<String, Set<String>> outcomes = new TreeMap<>();

    Program(String situation, Scenario scenario) {
      this.situation = situation;
      this.scenario = scenario;
    }

    @Override
    public void accept(Command command, Answer answer) {
      if (scenario.threads().stream().anyMatch(thread -> thread.contains(command))) {
        outcomes
            .computeIfAbsent(command.getClass().getSimpleName(), key -> new TreeSet<>())
            .add(answer.outcome());
      }
    }

    /** All its schedules ran, or those within the bound. */
    void ended(Explorer.Result result) {
      Row row = Objects.requireNonNull(rows.get(situation));
      row.ran++;
      row.met += result.runs() > 2 ? 1 : 0;
      row.cutOff += result.cutOff() > 0 ? 1 : 0;
      row.runs += result.runs();
      row.states += result.states();
      outcomes.forEach(
          (kind, each) -> {
            Commands all = commands.computeIfAbsent(kind, key -> new Commands());
            all.programs++;
            all.situations.add(situation);
            each.forEach(outcome -> all.outcomes.merge(outcome, 1, Integer::sum));
          });
    }
  }

  void planned(String situation, int programs) {
    rows.put(situation, new Row(programs));
  }

  /** The share of the programs that ran in which an interruption led to another state. */
  double met(String situation) {
    Row row = Objects.requireNonNull(rows.get(situation));
    return (double) row.met / row.ran;
  }

  /** Tells all, and forgets it. */
  void tell() {
    head(
        "pairs in the situation",
        "planned",
        "ran",
        "with a choice",
        "schedules",
        "states",
        "cut off");
    rows.forEach(
        (situation, row) ->
            note(situation, row.planned, row.ran, row.met, row.runs, row.states, row.cutOff));
    head("command in pairs", "situations", "programs", "outcomes, each with its programs");
    commands.forEach(
        (kind, all) -> note(kind, all.situations.size(), all.programs, shown(all.outcomes)));
    rows.clear();
    commands.clear();
  }

  private static String shown(Map<String, Integer> outcomes) {
    StringBuilder all = new StringBuilder();
    outcomes.forEach(
        (outcome, programs) ->
            all.append(all.isEmpty() ? "" : ", ").append(outcome).append(' ').append(programs));
    return all.toString();
  }

  /** The head of a table, as Markdown has it: the report shows it as one. */
  private static void head(Object... cells) {
    note(cells);
    Explored.note("|" + "---|".repeat(cells.length));
  }

  private static void note(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(cell).append(" |");
    }
    Explored.note(line.toString());
  }
}
