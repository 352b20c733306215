package io.github.datastorelookup.portkit;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.oracle.ScenarioText;
import io.github.datastorelookup.oracle.Subject;
import io.github.datastorelookup.pairs.Pair;
import io.github.datastorelookup.pairs.Situation;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.traces.ChosenSchedules;
import io.github.datastorelookup.traces.Recording;
import io.github.datastorelookup.traces.TracePrograms;
import io.github.datastorelookup.traces.TracePrograms.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The port's processes share a simulated machine: all committed traces, the same programs with a
 * kill at each point, and random pairs in random schedules. The oracle judges the port as it judges
 * this library, and each step has to be the one of this library in the same schedule.
 */
final class SteppingMode implements Mode {
  private static final int LONGEST_KILLED = 200;
  private static final int LENGTH = 60;

  /** With this many programs all are made. */
  private static final int ALL_KILLS = 200;

  /** As often as a program of the model mode: they are smaller. */
  private static final int GENERATED = 10;

  private final KitOptions options;
  private final Callable<Port> starter;
  private final Map<String, Integer> asked = new TreeMap<>();
  private @Nullable Stepper stepper;
  private int committed;
  private int kills;
  private int generated;
  private int steps;

  SteppingMode(KitOptions options) {
    this(options, () -> PortProcess.start(options.port(), options.patienceSeconds()));
  }

  /** With a port that may be no process. */
  SteppingMode(KitOptions options, Callable<Port> starter) {
    this.options = options;
    this.starter = starter;
  }

  @Override
  public String name() {
    return "stepping";
  }

  @Override
  public String about() {
    return "all traces, a kill at each of their steps, and random races on a simulated machine";
  }

  /** A program and a schedule in which the port went wrong. */
  private record Failure(Counterexample example, String what) {}

  @Override
  public Outcome run(long until) throws IOException {
    return inPort(
        () -> {
          Failure found = committed();
          if (found != null || !options.traces().isEmpty()) {
            return found;
          }
          found = generated(until);
          return found == null ? killed() : found;
        });
  }

  @Override
  public boolean isFailure(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith("processes: "));
  }

  @Override
  public Outcome replay(List<String> lines) throws IOException {
    Counterexample example = ScenarioText.parse(String.join("\n", lines));
    return inPort(() -> broken("again", example.scenario(), Schedules.replay(example.choices())));
  }

  /** Work that finds a failure, or null. */
  private interface Search {
    @Nullable Failure run() throws IOException;
  }

  private Outcome inPort(Search search) throws IOException {
    try (Stepper started = new Stepper(port(), asked)) {
      stepper = started;
      Failure found = search.run();
      if (found == null) {
        return outcome(Verdict.HOLDS, null, List.of());
      } else if (asked.isEmpty()) {
        String why =
            found.what().lines().reduce((first, last) -> last).orElse("").replace("failed: ", "");
        return outcome(Verdict.UNKNOWN, "the port did not begin: " + why, List.of());
      }
      return outcome(Verdict.BROKEN, found.what(), ScenarioText.lines(found.example()));
    }
  }

  private Port port() throws IOException {
    try {
      return starter.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no port begins", e);
    }
  }

  private Outcome outcome(Verdict verdict, @Nullable String why, List<String> failure) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("traces", committed);
    figures.put("kills", kills);
    figures.put("generated", generated);
    figures.put("steps", steps);
    figures.put("accesses", asked);
    return new Outcome(verdict, why, failure, figures);
  }

  private @Nullable Failure committed() throws IOException {
    Map<String, Program> programs = new HashMap<>();
    TracePrograms.all().forEach(program -> programs.put(program.name(), program));
    Map<String, List<Integer>> schedules = ChosenSchedules.all();
    List<String> ids = new ArrayList<>(schedules.keySet());
    ids.removeIf(
        id -> !options.traces().isEmpty() && options.traces().stream().noneMatch(id::startsWith));
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("no trace begins so: --traces=" + options.traces());
    }
    ids.sort(Comparator.comparingInt(SteppingMode::number)); // each program before any again
    for (String id : ids) {
      Program program = Objects.requireNonNull(programs.get(id.replaceFirst("-\\d+$", "")), id);
      Failure found =
          broken(
              id + ": " + program.about(),
              program.scenario(),
              Schedules.replay(Objects.requireNonNull(schedules.get(id))));
      committed++;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Of a trace among those of its program. */
  private static int number(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  /**
   * Each committed program without an interruption, but a kill before each step of a process; with
   * few programs before some of them.
   */
  private @Nullable Failure killed() throws IOException {
    int stride = Math.max(1, ALL_KILLS / Math.max(1, options.programs()));
    int first = (int) (options.seed() % stride);
    for (Program program : TracePrograms.all()) {
      for (int victim = 0; victim < program.scenario().processes(); victim++) {
        Scenario scenario = program.scenario().killing(victim);
        for (int at = first; at < LONGEST_KILLED; at += stride) {
          KillAt schedule = new KillAt(at);
          String about = program.name() + ", p" + victim + " is killed: " + program.about();
          Failure found = broken(about, scenario, schedule);
          if (found != null) {
            return found;
          } else if (!schedule.killed) {
            break;
          }
          kills++;
        }
      }
    }
    return null;
  }

  /** Interrupts no thread, and kills at this decision. */
  private static final class KillAt implements Schedule {
    private final int at;
    private int decisions;
    private boolean killed;

    KillAt(int at) {
      this.at = at;
    }

    @Override
    public int choose(Decision decision) {
      List<Integer> choices = decision.choices();
      int last = choices.get(choices.size() - 1);
      if (decisions++ >= at && decision.kills(last)) {
        killed = true;
        return last;
      }
      return choices.get(0);
    }
  }

  private @Nullable Failure generated(long until) {
    for (int i = 0; i < GENERATED * options.programs() || System.nanoTime() < until; i++) {
      Random random = new Random(new SplittableRandom(options.seed() + i).nextLong());
      Scenario race = race(random);
      int threads = race.threads().size();
      Schedule schedule =
          random.nextInt(4) == 0
              ? Schedules.random(random, LENGTH)
              : Schedules.pct(random, threads, 1 + random.nextInt(3), LENGTH);
      Failure found = broken("generated, number " + i, race, schedule);
      generated++;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Scenario race(Random random) {
    while (true) {
      Scenario race = any(random);
      List<Command> all = new ArrayList<>(race.setup());
      race.threads().forEach(all::addAll);
      if (all.stream().allMatch(SteppingMode::isKnown)) {
        int victim = random.nextInt(3 * race.processes());
        return victim < race.processes() ? race.killing(victim) : race;
      }
    }
  }

  private static Scenario any(Random random) {
    if (random.nextInt(4) == 0) {
      return Pair.withAThird(random);
    }
    List<Situation> situations = List.of(Situation.values());
    List<Pair> pairs = Pair.all(situations.get(random.nextInt(situations.size())));
    return pairs.get(random.nextInt(pairs.size())).scenario();
  }

  /** Not what a port's machine has to do with: its faults are those of this library's adapters. */
  private static boolean isKnown(Command command) {
    boolean fault =
        command instanceof FileFault
            && !(command instanceof FileFault.HoldLock)
            && !(command instanceof FileFault.RemoveConfig)
            && !(command instanceof FileFault.EmptyConfig);
    boolean machine =
        command instanceof ExternalEvent.FailConfig
            || command instanceof ExternalEvent.ReadOnly
            || command instanceof ExternalEvent.Hang
            || command instanceof ExternalEvent.Interrupt
            || command instanceof Command.FailLedger
            || command instanceof Command.LimitFiles;
    boolean taken =
        command instanceof Command.Maintain drain && drain.ending() == Command.Ending.TAKEN;
    return !fault && !machine && !taken;
  }

  private @Nullable Failure broken(String about, Scenario scenario, Schedule schedule) {
    Stepper stepper = Objects.requireNonNull(this.stepper);
    Recording due = Recording.whole(scenario, schedule, Subject::own);
    Counterexample example = new Counterexample(scenario, due.choices());
    if (due.failure() != null) {
      throw new IllegalStateException(
          "this library fails in " + ScenarioText.lines(example), due.failure());
    }
    @Nullable String wrong;
    try {
      stepper.begin(scenario.processes());
      Recording found =
          Recording.whole(scenario, Schedules.replay(due.choices()), stepper.opener());
      steps += found.steps().size();
      wrong = StepDifference.between(due, found);
    } catch (Broken e) {
      wrong = e.getMessage();
    } finally {
      stepper.end();
    }
    return wrong == null ? null : new Failure(example, about + "\n" + wrong);
  }
}
