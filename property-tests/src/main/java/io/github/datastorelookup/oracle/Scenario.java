package io.github.datastorelookup.oracle;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.weak.MemoryModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small program: commands one after the other, then threads that race, then commands again.
 * Immutable. {@link Execution} runs it once, {@link Exploration} in many schedules.
 *
 * @param processes how many there are
 * @param setup the commands before the race; each answer must be the model's
 * @param threads a program for each thread
 * @param afterwards the commands after the race; if a process was killed, none may be stuck
 * @param promises the answers that a command of the race must give, in any schedule
 * @param closesAll whether no files may be open at the end
 * @param victim the process that may be killed at any moment of the race, or {@link #NOBODY}
 * @param memory how memory behaves
 */
public record Scenario(
    int processes,
    List<Command> setup,
    List<List<Command>> threads,
    List<Command> afterwards,
    Map<Command, Promise> promises,
    boolean closesAll,
    int victim,
    MemoryModel memory) {
  /** No process is killed. */
  public static final int NOBODY = -1;

  /**
   * The answers that a command must give, in any schedule.
   *
   * @param invariant the invariant that another answer breaks
   */
  public record Promise(Set<String> outcomes, String invariant) {}

  /** A scenario of these parts only. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static Scenario of(int processes, List<Command> setup, List<Command>... threads) {
    return new Scenario(
        processes,
        List.copyOf(setup),
        List.of(threads),
        List.of(),
        Map.of(),
        false,
        NOBODY,
        MemoryModel.SEQUENTIAL);
  }

  /** The same, with these commands after the race. */
  public Scenario afterwards(Command... commands) {
    return with(setup, threads, List.of(commands));
  }

  /** The same, after which no files may be open. */
  public Scenario closingAll() {
    return new Scenario(processes, setup, threads, afterwards, promises, true, victim, memory);
  }

  /** The same, in which this process may be killed. */
  public Scenario killing(int process) {
    return new Scenario(
        processes, setup, threads, afterwards, promises, closesAll, process, memory);
  }

  /** The same, on such memory. */
  public Scenario on(MemoryModel other) {
    return new Scenario(processes, setup, threads, afterwards, promises, closesAll, victim, other);
  }

  /** The same, in which this command must give one of these answers, or breaks this invariant. */
  public Scenario promising(String invariant, Command command, String... outcomes) {
    Map<Command, Promise> more = new HashMap<>(promises);
    more.put(command, new Promise(Set.of(outcomes), invariant));
    return new Scenario(processes, setup, threads, afterwards, more, closesAll, victim, memory);
  }

  /** The same demands on other commands. */
  Scenario with(
      List<Command> newSetup, List<List<Command>> newThreads, List<Command> newAfterwards) {
    return new Scenario(
        processes, newSetup, newThreads, newAfterwards, promises, closesAll, victim, memory);
  }

  /** Whether it demands more than the invariants, of exactly these commands. */
  boolean demandsMore() {
    return closesAll || !promises.isEmpty();
  }

  /** How many commands it has. */
  public int size() {
    return setup.size() + threads.stream().mapToInt(List::size).sum() + afterwards.size();
  }

  /** All scenarios with one command less. */
  List<Scenario> smaller() {
    List<Scenario> all = new ArrayList<>();
    for (int i = afterwards.size() - 1; i >= 0; i--) {
      all.add(with(setup, threads, without(afterwards, i)));
    }
    for (int t = 0; t < threads.size(); t++) {
      for (int i = threads.get(t).size() - 1; i >= 0; i--) {
        List<List<Command>> fewer = new ArrayList<>(threads);
        fewer.set(t, without(threads.get(t), i));
        all.add(with(setup, fewer, afterwards));
      }
    }
    for (int i = setup.size() - 1; i >= 0; i--) {
      all.add(with(without(setup, i), threads, afterwards));
    }
    return all;
  }

  private static List<Command> without(List<Command> all, int index) {
    List<Command> fewer = new ArrayList<>(all);
    fewer.remove(index);
    return List.copyOf(fewer);
  }
}
