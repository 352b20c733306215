package io.github.datastorelookup.simulation;

import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.oracle.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two acts that race in a situation.
 *
 * @param first what process 0 does
 * @param second what process 0 or 1 does, or others do
 * @param together whether both are done by process 0
 */
record Pair(String first, String second, boolean together, Scenario scenario) {
  private static final int PROCESSES = 2;

  /**
   * All pairs in a situation: each act of process 0 against each act of others, and against each
   * act of a process. That is process 0 in half of the situations, and process 1 in the others.
   */
  static List<Pair> all(Situation situation) {
    List<Pair> all = new ArrayList<>();
    List<String> acts = Acts.ofProcesses();
    for (int i = 0; i < acts.size(); i++) {
      String first = acts.get(i);
      for (int j = 0; j < acts.size(); j++) {
        boolean together = (i + j + situation.number()) % 2 == 0;
        if (!together || i <= j) {
          String second = acts.get(j);
          List<Command> by = Acts.by(together ? 0 : 1, second);
          Scenario race = race(situation, List.of(Acts.by(0, first), by));
          all.add(new Pair(first, second, together, race));
        }
      }
      for (String other : Acts.ofOthers()) {
        Scenario race = race(situation, List.of(Acts.by(0, first), Acts.in(situation, other)));
        all.add(new Pair(first, other, false, race));
      }
    }
    return all;
  }

  /** Two processes, and anybody, in any situation. */
  static Scenario withAThird(Random random) {
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
        PROCESSES, situation.setup(), threads, List.of(), Map.of(), false, Scenario.NOBODY);
  }
}
