package io.github.datastorelookup.traces;

import io.github.datastorelookup.model.CommandText;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.oracle.Execution;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.oracle.Subject;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Event;
import io.github.datastorelookup.simulation.Trace.Kind;
import io.github.datastorelookup.traces.TracedState.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of a program, step by step as traces have it. */
public final class Recording {
  private final Scenario scenario;
  private final TracedState world = new TracedState();
  private final List<Step> steps = new ArrayList<>();
  private final List<Located> located = new ArrayList<>();
  private final List<String> answersBefore = new ArrayList<>();
  private final List<String> answersAfter = new ArrayList<>();
  private final Map<Integer, Running> running = new HashMap<>();
  private final Map<String, String> locks = new TreeMap<>();
  private final List<Integer> choices;
  private final boolean complete;
  private final boolean whole;
  private final @Nullable Throwable failure;
  private Map<String, Object> start = Map.of();
  private Map<String, Object> end = Map.of();
  private boolean raced;

  /**
   * A step.
   *
   * @param thread from 1; 0 for a kill, and outside of the race
   * @param command the command, in a step that is no access
   * @param answer the answer, in the last step of a command
   * @param files the number of the granted opening of the files; 0 for none
   * @param clock the time at which a thread goes on
   * @param sets the values that the step changed; null for a removed one
   */
  public record Step(
      int thread,
      String op,
      @Nullable Access access,
      @Nullable String clause,
      @Nullable String command,
      @Nullable String answer,
      int files,
      @Nullable Long clock,
      Map<String, @Nullable Object> sets) {}

  /** An access, the clause that its step is labelled with, and the lines that made it. */
  record Located(String access, @Nullable String clause, List<Integer> lines) {}

  /** A command that a thread is in. */
  private record Running(String process, Clauses clauses) {
    static Running of(String command) {
      return new Running(command.replaceFirst(":.*", ""), new Clauses(command));
    }
  }

  private Recording(Scenario scenario, Schedule schedule, Subject.Opener opener, boolean whole) {
    this.scenario = scenario;
    this.whole = whole;
    Trace trace = new Trace(true, !whole);
    Execution execution = new Execution(scenario, schedule, trace, opener);
    execution.portsOnly();
    execution.withoutRest();
    trace.observe(() -> world.of(execution, scenario.processes()));
    failure = run(execution);
    complete = !execution.scheduler().stopped();
    choices = List.copyOf(execution.scheduler().choices());
    if (complete) {
      tell(trace, world.of(execution, scenario.processes()));
    }
  }

  private @Nullable Throwable run(Execution execution) {
    try {
      execution.run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      if (whole) {
        return e;
      }
      throw e;
    }
  }

  /** Runs it in this schedule; null if that stopped the run. */
  static @Nullable Recording of(Scenario scenario, Schedule schedule) {
    Recording recording = new Recording(scenario, schedule, Subject::own, false);
    return recording.complete ? recording : null;
  }

  /**
   * Runs it in this schedule, with such registries. The steps are those of the setup too, as thread
   * 0, and end where something failed.
   */
  public static Recording whole(Scenario scenario, Schedule schedule, Subject.Opener opener) {
    return new Recording(scenario, schedule, opener, true);
  }

  private void tell(Trace trace, Moment last) {
    List<Event> events = trace.events();
    List<Moment> before = trace.before().stream().map(Moment.class::cast).toList();
    Map<String, Object> known = Map.of();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      Map<String, Object> after = (i + 1 < events.size() ? before.get(i + 1) : last).state();
      if (event.thread() != Trace.NO_THREAD && !raced) {
        raced = true;
        start = before.get(i).state();
        known = start;
      }
      boolean killed = event.kind() == Kind.NOTE && event.what().endsWith(": killed");
      if (event.thread() == Trace.NO_THREAD && !killed && !whole) {
        answered(event);
      } else if (killed || isStep(event)) {
        int size = steps.size();
        Map<String, @Nullable Object> sets = new TreeMap<>(TracedState.changes(known, after));
        add(event, killed, before.get(i), after, sets);
        known = steps.size() > size ? after : known;
      }
    }
    end = last.state();
  }

  private void answered(Event event) {
    if (event.kind() == Kind.END) {
      (raced ? answersAfter : answersBefore).add(String.valueOf(event.result()));
    }
  }

  /** Not what only one process can see, and nothing of the dead. */
  private boolean isStep(Event event) {
    boolean begins = event.kind() == Kind.BEGIN;
    if (!begins && !running.containsKey(event.thread())) {
      return false;
    }
    boolean waits = event.what().equals(Trace.WAITS) || event.what().startsWith(Trace.GOES_ON);
    return switch (event.kind()) {
      case BEGIN, END -> true;
      case STEP -> !event.what().startsWith("clock.");
      case HEAP -> waits;
      case NOTE, SWITCH -> false;
    };
  }

  private void add(
      Event event,
      boolean killed,
      Moment before,
      Map<String, Object> after,
      Map<String, @Nullable Object> sets) {
    int thread = event.thread() + 1;
    if (killed) {
      String process = event.what().replaceFirst(":.*", "");
      running.values().removeIf(each -> each.process().equals(process));
      locks
          .entrySet()
          .removeIf(
              lock -> {
                boolean his = lock.getValue().equals(process);
                if (his) {
                  sets.put("lock " + lock.getKey(), null);
                }
                return his;
              });
      steps.add(new Step(0, "kill", null, null, process, null, 0, null, sets));
    } else if (event.kind() == Kind.BEGIN) {
      boolean outside = CommandText.parse(event.what()) instanceof ExternalEvent;
      if (!outside) {
        running.put(event.thread(), Running.of(event.what()));
      }
      String op = outside ? "outside" : "begin";
      steps.add(new Step(thread, op, null, null, event.what(), null, 0, null, sets));
    } else if (event.kind() == Kind.END) {
      ends(event, before, sets);
    } else if (event.kind() == Kind.HEAP) {
      boolean waits = event.what().equals(Trace.WAITS);
      Long clock = waits ? null : Long.valueOf(event.what().substring(Trace.GOES_ON.length()));
      steps.add(
          new Step(thread, waits ? "waits" : "wakes", null, null, null, null, 0, clock, sets));
    } else {
      access(event, after, sets);
    }
  }

  private void ends(Event event, Moment before, Map<String, @Nullable Object> sets) {
    Running ended = running.remove(event.thread());
    String answer = String.valueOf(event.result());
    if (ended != null) {
      String clause = ended.clauses().ofEnd(answer);
      boolean granted = answer.startsWith("granted");
      int process = Integer.parseInt(ended.process().substring(1));
      int files = granted ? before.granted().get(process) : 0;
      int thread = event.thread() + 1;
      steps.add(new Step(thread, "end", null, clause, event.what(), answer, files, null, sets));
    }
  }

  private void access(Event event, Map<String, Object> after, Map<String, @Nullable Object> sets) {
    Running by = running.get(event.thread());
    if (by == null) {
      return;
    }
    Object config = Objects.requireNonNull(after.get("config"));
    Access access = Access.of(event.what(), event.result(), config);
    if (access.op().equals("lock.try") && Boolean.TRUE.equals(access.got())) {
      locks.put(String.valueOf(access.on()), by.process());
      sets.put("lock " + access.on(), by.process());
    } else if (access.op().equals("lock.unlock")) {
      locks.remove(String.valueOf(access.on()));
      sets.put("lock " + access.on(), null);
    }
    boolean open = by.clauses().hasOpen(after, by.process());
    String clause = by.clauses().of(access, open);
    located.add(new Located(event.what(), clause, event.lines()));
    steps.add(new Step(event.thread() + 1, access.op(), access, clause, null, null, 0, null, sets));
  }

  /** The program. */
  Scenario scenario() {
    return scenario;
  }

  /** What failed, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** The steps of the race. */
  public List<Step> steps() {
    return steps;
  }

  /** The accesses of the race, each with the lines that made it. */
  List<Located> located() {
    return located;
  }

  /** The schedule, for {@code Schedules.replay}. */
  public List<Integer> choices() {
    return choices;
  }

  /** What the commands before the race answered. */
  List<String> answersBefore() {
    return answersBefore;
  }

  /** What the commands after the race answered. */
  List<String> answersAfter() {
    return answersAfter;
  }

  /** The state when the race began. */
  Map<String, Object> start() {
    return start;
  }

  /** The state at the end of all. */
  Map<String, Object> end() {
    return end;
  }

  /** The texts that the config file had. */
  public List<String> configs() {
    return world.configs();
  }
}
