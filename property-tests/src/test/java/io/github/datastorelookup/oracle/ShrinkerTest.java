package io.github.datastorelookup.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Kill;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.ExternalEvent.Bump;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A scenario that breaks an invariant is told by its least part that does. */
@Tag("simulation")
class ShrinkerTest {
  private static final Command CREATE = new Create(0, "aaa", "/a");
  private static final Command READ = new Lookup(1, "aaa", Operation.READ);
  private static final Command CLOSE = new Close(1, "aaa");

  private static Counterexample shrunk(Scenario scenario, Exploration.Runner runner) {
    return Shrinker.shrink(new Counterexample(scenario, List.of()), "INV-6", 1, runner);
  }

  private static List<Command> all(Scenario scenario) {
    List<Command> all = new ArrayList<>(scenario.setup());
    scenario.threads().forEach(all::addAll);
    return all;
  }

  /** INV-6 takes all three; a kill without the lookup breaks another one. */
  private static void judge(Scenario scenario) {
    List<Command> all = all(scenario);
    if (all.containsAll(List.of(CREATE, READ, CLOSE))) {
      throw new InvariantViolation("INV-6", "closed");
    } else if (all.contains(new Kill(1))) {
      throw new InvariantViolation("INV-12", "killed");
    }
  }

  @Test
  void commands_oneAfterTheOther_areLeftWithWhatItTakes() {
    Scenario scenario =
        Scenario.of(
            2,
            List.of(
                CREATE,
                new Create(0, "bbb", "/b"),
                new Bump(),
                READ,
                new Lookup(0, "bbb", Operation.WRITE),
                CLOSE,
                new Kill(1),
                new Bump()));
    assertEquals(
        new Counterexample(Scenario.of(2, List.of(CREATE, READ, CLOSE)), List.of(), true),
        shrunk(scenario, (smaller, schedule) -> judge(smaller)));
  }

  @Test
  void threads_thatAreNotNeeded_go() {
    Scenario scenario =
        Scenario.of(
            2,
            List.of(CREATE),
            List.of(new Bump(), new Bump()),
            List.of(READ, new Bump()),
            List.of(CLOSE));
    assertEquals(
        new Counterexample(
            Scenario.of(2, List.of(CREATE), List.of(READ), List.of(CLOSE)), List.of(), true),
        shrunk(scenario, (smaller, schedule) -> judge(smaller)));
  }

  /** What a scenario promises is about all of its commands. */
  @Test
  void scenario_thatPromisesMore_keepsItsCommands() {
    Scenario scenario =
        Scenario.of(2, List.of(CREATE), List.of(READ, new Bump()), List.of(CLOSE))
            .promising("INV-6", READ, "granted");
    assertEquals(
        new Counterexample(scenario, List.of()),
        shrunk(scenario, (smaller, schedule) -> judge(smaller)));
  }
}
