package io.github.datastorelookup.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.oracle.Execution;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.pairs.Acts;
import io.github.datastorelookup.weak.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random programs of threads that race, in random schedules: what nobody thought of. Whoever fails
 * is looked for again with few interruptions, and made small.
 */
@Tag("simulation")
class SimulationProperties {
  private static final int PROCESSES = 2;
  private static final int LENGTH = 150;

  /** Of each race. */
  private static final int SCHEDULES = Budget.current() == Budget.SMOKE ? 5 : 10;

  @Property(shrinking = ShrinkingMode.OFF) // what failed is made small by its own rules
  void anyRace_inAScheduleThatShrinks_keepsTheInvariants(
      @ForAll("races") Scenario race, @ForAll("schedules") List<Integer> schedule) {
    run(race, Schedules.of(schedule));
  }

  @Property(shrinking = ShrinkingMode.OFF) // what failed is made small by its own rules
  void anyRace_interruptedAllTheTime_keepsTheInvariants(
      @ForAll("races") Scenario race, @ForAll Random random) {
    for (int i = 0; i < SCHEDULES; i++) {
      run(race, Schedules.random(random, LENGTH));
    }
  }

  /** Few changes of priority: finds what needs long stretches of one thread. */
  @Property(shrinking = ShrinkingMode.OFF) // what failed is made small by its own rules
  void anyRace_byPriorities_keepsTheInvariants(
      @ForAll("races") Scenario race, @ForAll Random random) {
    for (int i = 0; i < SCHEDULES; i++) {
      int depth = 1 + random.nextInt(4);
      Schedule pct = Schedules.pct(random, race.threads().size(), depth, LENGTH);
      run(race, pct);
    }
  }

  private static Execution run(Scenario race, Schedule schedule) {
    Execution[] last = new Execution[1];
    Exploration.run(
        race,
        schedule,
        (scenario, chosen) -> {
          last[0] = new Execution(scenario, chosen, new Trace(false));
          last[0].run();
        });
    return last[0];
  }

  @Provide
  Arbitrary<List<Integer>> schedules() {
    return Arbitraries.integers().between(0, 3).list().ofMaxSize(LENGTH);
  }

  @Provide
  Arbitrary<Scenario> races() {
    Arbitrary<Integer> victims =
        Arbitraries.frequency(Tuple.of(4, Scenario.NOBODY), Tuple.of(1, 0));
    return Combinators.combine(setups(), threads(), victims).as(SimulationProperties::race);
  }

  private static Scenario race(List<Command> setup, List<List<Command>> threads, int victim) {
    List<Command> all = new ArrayList<>(List.of(new Command.Create(0, "aaa", "/a")));
    all.addAll(setup);
    return new Scenario(
        PROCESSES, all, threads, List.of(), Map.of(), false, victim, MemoryModel.SEQUENTIAL);
  }

  private static Arbitrary<List<Command>> setups() {
    return commands().list().ofMaxSize(4);
  }

  private static Arbitrary<List<List<Command>>> threads() {
    return commands().list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(2).ofMaxSize(3);
  }

  private static Arbitrary<Command> commands() {
    Arbitrary<Integer> p = Arbitraries.integers().between(0, PROCESSES - 1);
    Arbitrary<String> name = Arbitraries.frequency(Tuple.of(4, "aaa"), Tuple.of(1, "bbb"));
    Arbitrary<MaintenanceMode> mode =
        Arbitraries.of(
            MaintenanceMode.NONE,
            MaintenanceMode.NONE,
            MaintenanceMode.READ_ONLY,
            MaintenanceMode.OFFLINE,
            MaintenanceMode.UNMOUNT);
    Arbitrary<MaintenanceMode> drained =
        Arbitraries.of(
            MaintenanceMode.READ_ONLY,
            MaintenanceMode.OFFLINE,
            MaintenanceMode.UNMOUNT,
            MaintenanceMode.DELETE);
    return Arbitraries.frequencyOf(
        Tuple.of(
            10,
            Combinators.combine(p, name, Arbitraries.of(Operation.class)).as(Command.Lookup::new)),
        Tuple.of(8, Combinators.combine(p, name).as(Command.Close::new)),
        Tuple.of(1, Combinators.combine(p, name).as(Command.Duplicate::new)),
        Tuple.of(4, Combinators.combine(p, name, mode).as(Command.SetMode::new)),
        Tuple.of(1, Combinators.combine(p, name).as(Command.Update::new)),
        Tuple.of(2, p.map(process -> new Command.Create(process, "bbb", "/b"))),
        Tuple.of(1, Combinators.combine(p, name).as(Command.Count::new)),
        Tuple.of(2, p.map(Command.Refresh::new)),
        Tuple.of(
            2,
            Combinators.combine(p, name, drained)
                .as((n, of, m) -> new Command.Maintain(n, of, m, 100, Ending.GOOD))),
        Tuple.of(1, Arbitraries.just(new ExternalEvent.EditPath("aaa", "/b"))),
        Tuple.of(1, Arbitraries.just(new ExternalEvent.EditMode("aaa", MaintenanceMode.NONE))),
        Tuple.of(1, Arbitraries.just(new ExternalEvent.Wait(60))),
        Tuple.of(4, Arbitraries.of(anything())));
  }

  /**
   * All that is in pairs, but what hangs: who may wait for it is not clear while its path changes.
   */
  private static List<Command> anything() {
    return Acts.commands(PROCESSES).stream()
        .filter(command -> !(command instanceof ExternalEvent.Hang))
        .toList();
  }

  /** What is told of the simulator's speed is told of schedules that really switch. */
  @Example
  void randomSchedules_ofALongRace_switchAllTheTime() {
    Scenario race = Scenario.of(2, Races.idleIn(0, 1), lookupsAndDrops(), lookupsAndDrops());
    Random random = new Random(Seed.current());
    int runs = Budget.current().times(800);
    for (int i = 0; i < runs; i++) { // until all of it is compiled
      run(race, Schedules.random(random, LENGTH));
    }
    int points = Integer.MAX_VALUE;
    int switches = Integer.MAX_VALUE;
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      Scheduler done = run(race, Schedules.random(random, LENGTH)).scheduler();
      points = Math.min(points, done.points());
      switches = Math.min(switches, done.switches());
    }
    double minutes = (System.nanoTime() - start) / 60e9;
    Explored.note(
        String.format(
            Locale.ROOT,
            "%.0f schedules a minute, each of at least %d scheduling points and %d real switches",
            runs / minutes,
            points,
            switches));
    assertTrue(points >= 60 && switches >= 20, points + " points, " + switches + " switches");
  }

  private static List<Command> lookupsAndDrops() {
    List<Command> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      all.addAll(List.of(Races.write(0), Races.read(0), Races.close(0), Races.close(0)));
    }
    return all;
  }
}
