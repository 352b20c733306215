package io.github.datastorelookup.oracle;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.simulation.Schedule;
import io.github.datastorelookup.simulation.Stuck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small program whose threads race. Immutable. */
public final class Scenario {
  private static final int STORY_LINES = 70;

  private final int processes;
  private final List<Command> setup;
  private final List<List<Command>> threads;
  private final List<Command> afterwards;
  private final Map<Command, Promise> promises;
  private final boolean closesAll;

  /**
   * What a command has to answer, in any schedule.
   *
   * @param invariant what is broken otherwise
   */
  record Promise(Set<String> outcomes, String invariant) {}

  /** What one run met. */
  private record Met(List<Integer> choices, int points) {}

  private Scenario(
      int processes,
      List<Command> setup,
      List<List<Command>> threads,
      List<Command> afterwards,
      Map<Command, Promise> promises,
      boolean closesAll) {
    this.processes = processes;
    this.setup = setup;
    this.threads = threads;
    this.afterwards = afterwards;
    this.promises = promises;
    this.closesAll = closesAll;
  }

  /**
   * A scenario.
   *
   * @param processes how many there are
   * @param setup what happens before, without a race
   * @param threads a program for each thread
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static Scenario of(int processes, List<Command> setup, List<Command>... threads) {
    List<List<Command>> programs = List.of(threads);
    return new Scenario(processes, List.copyOf(setup), programs, List.of(), Map.of(), false);
  }

  /** The same, with this done after the race; if a process was killed, nobody may be stuck. */
  public Scenario afterwards(Command... commands) {
    return new Scenario(processes, setup, threads, List.of(commands), promises, closesAll);
  }

  /** The same, after which no files may be open. */
  public Scenario closingAll() {
    return new Scenario(processes, setup, threads, afterwards, promises, true);
  }

  /** The same, in which this command has to answer one of these, or this invariant is broken. */
  public Scenario promising(String invariant, Command command, String... outcomes) {
    Map<Command, Promise> more = new HashMap<>(promises);
    more.put(command, new Promise(Set.of(outcomes), invariant));
    return new Scenario(processes, setup, threads, afterwards, more, closesAll);
  }

  /**
   * Runs all schedules in which threads are interrupted at most so often. Where two of them could
   * go on because the third cannot, the second one counts as an interruption.
   *
   * @return how many there were
   * @throws InvariantViolation when an invariant does not hold at some point
   */
  public int explore(int interruptions) {
    return explore(new TreeMap<>(), interruptions, -1);
  }

  /**
   * The same, each time with this process killed at each scheduling point, whoever is at work.
   *
   * @return how many runs there were
   */
  public int exploreKilling(int process, int interruptions) {
    return explore(new TreeMap<>(), interruptions, process);
  }

  private int explore(SortedMap<Integer, Integer> switches, int more, int killed) {
    Met met = run(switches, 0, killed);
    int runs = 1;
    for (int point = 1; killed >= 0 && point <= met.points(); point++) {
      Met unused = run(switches, point, killed);
      runs++;
    }
    int first = switches.isEmpty() ? 0 : switches.lastKey() + 1;
    for (int point = first; more > 0 && point < met.choices().size(); point++) {
      for (int other = 1; other < met.choices().get(point); other++) {
        SortedMap<Integer, Integer> next = new TreeMap<>(switches);
        next.put(point, other);
        runs += explore(next, more - 1, killed);
      }
    }
    return runs;
  }

  private Met run(Map<Integer, Integer> switches, int killPoint, int killed) {
    Fleet fleet = new Fleet(Schedule.switchingAt(switches), processes);
    boolean kills = killPoint > 0;
    try {
      setup.forEach(fleet::run);
      fleet.oracle().promises(promises);
      if (kills) {
        fleet.killAt(killPoint, killed);
      }
      fleet.runTogether(threads);
      finish(fleet, kills);
    } catch (InvariantViolation e) {
      throw e.after(fleet.story(STORY_LINES));
    } catch (Stuck e) {
      InvariantViolation stuck =
          new InvariantViolation(kills ? "INV-12" : "INV-11", String.valueOf(e.getMessage()));
      throw stuck.after(fleet.story(STORY_LINES));
    }
    Explored.add(1);
    return new Met(new ArrayList<>(fleet.choices()), fleet.points());
  }

  private void finish(Fleet fleet, boolean killed) {
    fleet.oracle().always();
    fleet.oracle().conservation();
    for (Command command : afterwards) {
      var answer = fleet.run(command);
      if (killed) {
        fleet.oracle().afterKill(command, answer);
      }
    }
    fleet.oracle().conservation();
    if (closesAll) {
      fleet.oracle().nothingOpen();
    }
  }
}
