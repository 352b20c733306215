package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.pairs.Acts;
import io.github.datastorelookup.pairs.Pair;
import io.github.datastorelookup.pairs.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pairs, not favourites: each act against each other one, in each situation, with one interruption;
 * tough: with two. Smoke runs some, which the seed draws. What must hold is what holds always, and
 * what the oracle asks at the end, when the world has come to rest.
 */
@Tag("exhaustive")
class PairScenarioTest {
  private static final int SMOKE_PAIRS = 20;
  private static final int SMOKE_TRIPLES = 10;

  /** More schedules of one program than this are cut off. */
  private static final int MOST_RUNS = 20_000;

  /** Three threads are sampled: this many schedules of each program, in a random order. */
  private static final int RUNS_OF_THREE = 40;

  /** Half of all situations leave some acts nothing to do, such as a close without a handle. */
  private static final double LEAST_MET = 0.25;

  private static final PairCoverage COVERAGE = new PairCoverage();

  @AfterAll
  static void tell() {
    COVERAGE.tell();
  }

  @Test
  void anyPair_atIdleFiles_keepsTheInvariants() {
    explore(Situation.IDLE);
  }

  @Test
  void anyPair_atFilesInUse_keepsTheInvariants() {
    explore(Situation.IN_USE);
  }

  @Test
  void anyPair_whileOffline_keepsTheInvariants() {
    explore(Situation.OFFLINE);
  }

  @Test
  void anyPair_whileAnotherNameHasTheLockFile_keepsTheInvariants() {
    explore(Situation.ALIASED);
  }

  @Test
  void anyPair_afterAMoveByHand_keepsTheInvariants() {
    explore(Situation.MOVED);
  }

  @Test
  void anyPair_atBrokenFiles_keepsTheInvariants() {
    explore(Situation.BROKEN);
  }

  @Test
  void anyPair_whileAnotherProgramHasTheConfigLock_keepsTheInvariants() {
    explore(Situation.LOCKED);
  }

  @Test
  void anyPair_onARemovableDevice_keepsTheInvariants() {
    explore(Situation.REMOVABLE);
  }

  @Test
  void anyPair_whileARegistryCloses_keepsTheInvariants() {
    explore(Situation.CLOSING);
  }

  @Test
  void anyPair_afterARestart_keepsTheInvariants() {
    explore(Situation.RESTARTED);
  }

  @Test
  void threeThreads_inAnySituation_keepTheInvariants() {
    Random random = new Random(Seed.current());
    int programs = Budget.current().times(SMOKE_TRIPLES);
    COVERAGE.planned("any, of three threads", programs);
    for (int i = 0; i < programs; i++) {
      Scenario race = Pair.withAThird(random);
      PairCoverage.Program program = COVERAGE.new Program("any, of three threads", race);
      program.ended(Exploration.explore(race, Explorer.ALL, RUNS_OF_THREE, random, program));
    }
  }

  private static void explore(Situation situation) {
    List<Pair> pairs = new ArrayList<>(Pair.all(situation));
    COVERAGE.planned(situation.toString(), pairs.size());
    if (Budget.current() == Budget.SMOKE) {
      Collections.shuffle(pairs, new Random(Seed.current() + situation.number()));
      pairs = pairs.subList(0, SMOKE_PAIRS);
    }
    pairs.forEach(pair -> explore(situation.toString(), pair.scenario()));
    double met = COVERAGE.met(situation.toString());
    assertTrue(met > LEAST_MET, "only " + met + " of the pairs have a choice: do they race?");
  }

  private static void explore(String situation, Scenario scenario) {
    int interruptions = Budget.current() == Budget.TOUGH ? 2 : 1;
    PairCoverage.Program program = COVERAGE.new Program(situation, scenario);
    program.ended(Exploration.explore(scenario, interruptions, MOST_RUNS, null, program));
  }

  /** A command that no pair has would race with nothing. */
  @Test
  void pairs_haveEachCommand_ofTheModel() {
    Set<String> raced = new TreeSet<>();
    for (Pair pair : Pair.all(Situation.IDLE)) {
      pair.scenario().threads().forEach(each -> each.forEach(c -> raced.add(kind(c.getClass()))));
    }
    assertEquals(kinds(Command.class).collect(Collectors.toCollection(TreeSet::new)), raced);
  }

  private static Stream<String> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(PairScenarioTest::kinds)
        : Stream.of(kind(type));
  }

  private static String kind(Class<?> type) {
    return type.getSimpleName();
  }

  /** Any two acts, in one process and in two; of two acts of others each is atomic. */
  @Test
  void pairs_haveAnyTwoActs_thatCanCollide() {
    Set<String> raced = new TreeSet<>();
    for (Situation situation : Situation.values()) {
      for (Pair pair : Pair.all(situation)) {
        raced.add(pair.by() + " " + pair.first() + " / " + pair.second());
        raced.add(pair.by() + " " + pair.second() + " / " + pair.first());
      }
    }
    Set<String> all = new TreeSet<>();
    for (String first : Acts.ofProcesses()) {
      for (String second : Acts.ofProcesses()) {
        all.add("0 " + first + " / " + second);
        all.add("1 " + first + " / " + second);
      }
      Acts.ofOthers().forEach(other -> all.add(Pair.OTHERS + " " + first + " / " + other));
    }
    all.removeAll(raced);
    assertEquals(Set.of(), all, "in no concurrent run");
  }
}
