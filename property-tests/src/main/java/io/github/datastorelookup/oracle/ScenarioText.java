package io.github.datastorelookup.oracle;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.CommandText;
import io.github.datastorelookup.oracle.Scenario.Promise;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.weak.MemoryModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scenario and a schedule as lines of text, for readers and for {@link #parse}: one line for each
 * item, in any order except for the commands.
 *
 * <pre>
 * processes: 2
 * before: p0: create aaa at /a
 * T1: p0: lookup aaa WRITE
 * T2: p1: save aaa offline
 * after: p0: refresh
 * promise: INV-5 done: p1: save aaa offline
 * victim: p0
 * at the end: nothing open
 * memory: weak, fences before, W4 generation load: acquire
 * schedule: T1*12 T2*9 kill T1*3
 * </pre>
 */
public final class ScenarioText {
  private static final String MINIMAL = "minimal: without any one command nothing is broken";
  private static final String NOTHING_OPEN = "at the end: nothing open";

  private static final String MEMORY = "memory: weak, fences ";

  private static final Pattern FIRST_LINE = Pattern.compile("(?m)^ *processes: \\d+$");
  private static final Pattern PART = Pattern.compile("(kill|T\\d+|new|old\\d+)(?:\\*(\\d+))?");
  private static final Pattern PROMISE = Pattern.compile("(INV-\\d+) (\\S+): (.*)");

  private ScenarioText() {}

  /** The lines of a counterexample. */
  public static List<String> lines(Counterexample example) {
    Scenario scenario = example.scenario();
    List<String> lines = new ArrayList<>();
    lines.add("processes: " + scenario.processes());
    scenario.setup().forEach(command -> lines.add("before: " + command));
    for (int i = 0; i < scenario.threads().size(); i++) {
      for (Command command : scenario.threads().get(i)) {
        lines.add("T" + (i + 1) + ": " + command);
      }
    }
    scenario.afterwards().forEach(command -> lines.add("after: " + command));
    Map<String, Promise> promises = new TreeMap<>();
    scenario.promises().forEach((command, promise) -> promises.put(command.toString(), promise));
    promises.forEach(
        (command, promise) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "promise: %s %s: %s",
                    promise.invariant(),
                    String.join(",", new TreeSet<>(promise.outcomes())),
                    command)));
    if (scenario.victim() != Scenario.NOBODY) {
      lines.add("victim: p" + scenario.victim());
    }
    if (scenario.closesAll()) {
      lines.add(NOTHING_OPEN);
    }
    if (!scenario.memory().equals(MemoryModel.SEQUENTIAL)) {
      lines.add(MEMORY + scenario.memory());
    }
    if (example.isMinimal()) {
      lines.add(MINIMAL);
    }
    if (!example.choices().isEmpty()) {
      lines.add("schedule:" + schedule(example.choices(), scenario.threads().size()));
    }
    return lines;
  }

  private static String schedule(List<Integer> choices, int threads) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < choices.size(); ) {
      int choice = choices.get(i);
      int same = i;
      while (same < choices.size() && choices.get(same) == choice) {
        same++;
      }
      text.append(' ').append(told(choice, threads));
      text.append(same - i > 1 ? "*" + (same - i) : "");
      i = same;
    }
    return text.toString();
  }

  private static String told(int choice, int threads) {
    if (choice >= Schedule.NEWEST) {
      return choice == Schedule.NEWEST ? "new" : "old" + (choice - Schedule.NEWEST);
    }
    return choice == threads ? "kill" : "T" + (choice + 1);
  }

  /**
   * The counterexample in this text. Skips all other lines: the surrounding text is for readers.
   *
   * @throws IllegalArgumentException when one of its lines cannot be parsed, or it has no commands
   */
  public static Counterexample parse(String text) {
    Reader reader = new Reader();
    for (String line : text.lines().toList()) {
      try {
        reader.read(line.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("cannot read: " + line, e);
      }
    }
    return reader.result();
  }

  /** Where in a failure's text a scenario begins, or -1: a message may speak of processes too. */
  public static int begin(String text) {
    Matcher first = FIRST_LINE.matcher(text);
    return first.find() ? first.start() : -1;
  }

  private static final class Reader {
    private final List<Command> setup = new ArrayList<>();
    private final List<List<Command>> threads = new ArrayList<>();
    private final List<Command> afterwards = new ArrayList<>();
    private final Map<Command, Promise> promises = new HashMap<>();
    private String schedule = "";
    private int processes;
    private int victim = Scenario.NOBODY;
    private boolean closesAll;
    private boolean minimal;
    private MemoryModel memory = MemoryModel.SEQUENTIAL;

    void read(String line) {
      if (line.startsWith("processes: ")) {
        processes = Integer.parseInt(after(line));
      } else if (line.startsWith("before: ")) {
        setup.add(CommandText.parse(after(line)));
      } else if (line.startsWith("after: ")) {
        afterwards.add(CommandText.parse(after(line)));
      } else if (line.startsWith("promise: ")) {
        promised(PROMISE.matcher(after(line)));
      } else if (line.startsWith("victim: p")) {
        victim = Integer.parseInt(after(line).substring(1));
      } else if (line.startsWith(MEMORY)) {
        memory = MemoryModel.parse(line.substring(MEMORY.length()));
      } else if (line.equals(NOTHING_OPEN)) {
        closesAll = true;
      } else if (line.equals(MINIMAL)) {
        minimal = true;
      } else if (line.startsWith("schedule: ")) {
        schedule = after(line);
      } else if (line.matches("T\\d+: .*")) {
        int number = Integer.parseInt(line.substring(1, line.indexOf(':')));
        while (threads.size() < number) {
          threads.add(new ArrayList<>());
        }
        threads.get(number - 1).add(CommandText.parse(after(line)));
      }
    }

    private void promised(Matcher promise) {
      if (!promise.matches()) {
        throw new IllegalArgumentException("expected INV-n outcome,outcome: command");
      }
      TreeSet<String> outcomes = new TreeSet<>(Arrays.asList(promise.group(2).split(",", -1)));
      promises.put(CommandText.parse(promise.group(3)), new Promise(outcomes, promise.group(1)));
    }

    private static String after(String line) {
      return line.substring(line.indexOf(": ") + 2);
    }

    Counterexample result() {
      if (processes == 0) { // with no commands, what processes do by themselves is left
        throw new IllegalArgumentException("no scenario: it has no processes");
      }
      Scenario scenario =
          new Scenario(processes, setup, threads, afterwards, promises, closesAll, victim, memory);
      return new Counterexample(scenario, choices(), minimal);
    }

    private int choice(String told) {
      return switch (told.substring(0, 1)) {
        case "k" -> threads.size();
        case "n" -> Schedule.NEWEST;
        case "o" -> Schedule.NEWEST + Integer.parseInt(told.substring(3));
        default -> Integer.parseInt(told.substring(1)) - 1;
      };
    }

    private List<Integer> choices() {
      List<Integer> choices = new ArrayList<>();
      Matcher part = PART.matcher(schedule);
      while (part.find()) {
        int choice = choice(part.group(1));
        int times = part.group(2) == null ? 1 : Integer.parseInt(part.group(2));
        choices.addAll(Collections.nCopies(times, choice));
      }
      return choices;
    }
  }
}
