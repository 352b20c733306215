package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.pairs.Pair;
import io.github.datastorelookup.pairs.Situation;
import io.github.datastorelookup.weak.MemoryModel;
import io.github.datastorelookup.weak.Orders;
import io.github.datastorelookup.weak.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;

/** The scenarios of the exhaustive layer that weak memory is explored in: those of two threads. */
final class WeakScenarios {
  private static final List<Class<?>> TESTS =
      List.of(
          DrainScenarioTest.class,
          FilesScenarioTest.class,
          FoundScenarioTest.class,
          KillScenarioTest.class,
          LifeScenarioTest.class,
          SaveScenarioTest.class,
          ScenarioTest.class);

  private static final int MOST_RUNS = 5_000;
  private static final int SMOKE_SCENARIOS = 15;
  private static final int SMOKE_RUNS = 200;

  /** How many generated pairs of each situation: the seed draws them; tough runs all. */
  private static final int SMOKE_PAIRS = 1;

  private static final int PAIRS = 60;
  private static final int RUNS_OF_A_PAIR = 60;

  private WeakScenarios() {}

  /** All of them, by test. */
  static SortedMap<String, Scenario> all() {
    SortedMap<String, Scenario> all = Races.of(TESTS);
    all.values().removeIf(scenario -> scenario.threads().size() != 2);
    return all;
  }

  /**
   * Explores them in the orders that the protocol asks for: those of the Java code are stronger.
   * Two interruptions or old values; in smoke only some scenarios, drawn by the seed.
   */
  static void explore(Placement placement) {
    SortedMap<String, Scenario> all = all();
    List<String> names = new ArrayList<>(all.keySet());
    boolean smoke = Budget.current() == Budget.SMOKE;
    if (smoke) {
      Collections.shuffle(names, new Random(Seed.current()));
      names = names.subList(0, SMOKE_SCENARIOS);
    }
    for (String name : names) {
      Scenario scenario =
          Objects.requireNonNull(all.get(name)).on(new MemoryModel(placement, Orders.NEEDED));
      Explorer.Result result =
          Exploration.explore(scenario, smoke ? 1 : 2, smoke ? SMOKE_RUNS : MOST_RUNS);
      Explored.note(name + ", fences " + placement + ": " + result);
      Explored.exploration(result.cutOff() > 0);
      assertTrue(result.runs() > 10, () -> name + ": only " + result);
    }
  }

  /** Generated pairs in the same orders, with one interruption and one old value. */
  static void explorePairs(Placement placement) {
    Random random = new Random(Seed.current());
    MemoryModel memory = new MemoryModel(placement, Orders.NEEDED);
    int explored = 0;
    int all = 0;
    int cutOff = 0;
    for (Situation situation : Situation.values()) {
      List<Pair> pairs = new ArrayList<>(Pair.all(situation));
      all += pairs.size();
      Collections.shuffle(pairs, random);
      for (Pair pair : pairs.subList(0, Math.min(pairs.size(), pairsOfASituation()))) {
        Explorer.Result result =
            Exploration.explore(pair.scenario().on(memory), 1, 1, RUNS_OF_A_PAIR);
        explored++;
        cutOff += result.runs() >= RUNS_OF_A_PAIR ? 1 : 0;
      }
    }
    Explored.note(
        String.format(
            Locale.ROOT,
            "%d of %d pairs, fences %s, %d of them cut off after %d runs",
            explored,
            all,
            placement,
            cutOff,
            RUNS_OF_A_PAIR));
    Explored.exploration(explored < all || cutOff > 0);
    assertTrue(explored >= Situation.values().length * SMOKE_PAIRS, () -> "too few pairs");
  }

  private static int pairsOfASituation() {
    return switch (Budget.current()) {
      case SMOKE -> SMOKE_PAIRS;
      case DEFAULT -> PAIRS;
      case TOUGH -> Integer.MAX_VALUE;
    };
  }
}
