package io.github.datastorelookup.pairs;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.weak.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two acts that race in a situation.
 *
 * @param first what process 0 does
 * @param second what process 0 or 1 does, or others do
 * @param by the process that does the second, or {@link #OTHERS}
 */
public record Pair(Situation situation, String first, String second, int by) {
  /** By none of the processes. */
  public static final int OTHERS = -1;

  private static final int PROCESSES = 2;

  /**
   * All pairs in a situation: each act of process 0 against each act of others, and against each
   * act of a process. That is process 0 in half of the situations, and process 1 in the others.
   */
  public static List<Pair> all(Situation situation) {
    List<Pair> all = new ArrayList<>();
    List<String> acts = Acts.ofProcesses();
    for (int i = 0; i < acts.size(); i++) {
      for (int j = 0; j < acts.size(); j++) {
        int by = (i + j + situation.number()) % 2;
        if (by == 1 || i <= j) {
          all.add(new Pair(situation, acts.get(i), acts.get(j), by));
        }
      }
      for (String other : Acts.ofOthers()) {
        all.add(new Pair(situation, acts.get(i), other, OTHERS));
      }
    }
    return all;
  }

  /** The race. */
  public Scenario scenario() {
    List<Command> other = by == OTHERS ? Acts.in(situation, second) : Acts.by(by, second);
    return race(situation, List.of(Acts.by(0, first), other));
  }

  /** Two processes, and a third thread of either or of others, in any situation. */
  public static Scenario withAThird(Random random) {
    Situation situation = any(List.of(Situation.values()), random);
    List<String> acts = Acts.ofProcesses();
    List<Command> third =
        random.nextBoolean()
            ? Acts.by(random.nextInt(PROCESSES), any(acts, random))
            : Acts.in(situation, any(Acts.ofOthers(), random));
    return race(
        situation, List.of(Acts.by(0, any(acts, random)), Acts.by(1, any(acts, random)), third));
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static Scenario race(Situation situation, List<List<Command>> acts) {
    List<List<Command>> threads = new ArrayList<>(acts);
    if (situation == Situation.LOCKED) {
      List<Command> second = new ArrayList<>(List.of(new FileFault.HoldLock(false)));
      second.addAll(acts.get(1));
      threads.set(1, second);
    }
    return new Scenario(
        PROCESSES,
        situation.setup(),
        threads,
        List.of(),
        Map.of(),
        false,
        Scenario.NOBODY,
        MemoryModel.SEQUENTIAL);
  }
}
