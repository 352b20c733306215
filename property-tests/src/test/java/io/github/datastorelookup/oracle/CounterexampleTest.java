package io.github.datastorelookup.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.SetMode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people are shown when an invariant does not hold, and that it can be run again. */
@Tag("simulation")
class CounterexampleTest {
  private static final Command WRITE = new Lookup(0, "aaa", Operation.WRITE);

  /** Promises what nobody can keep: a lookup that races with a save may be refused. */
  private static final Scenario IMPOSSIBLE =
      Scenario.of(
              2,
              List.of(
                  new Create(0, "aaa", "/a"),
                  new Lookup(0, "aaa", Operation.READ),
                  new Close(0, "aaa")),
              List.of(WRITE),
              List.of(new SetMode(1, "aaa", MaintenanceMode.OFFLINE)))
          .promising("INV-1", WRITE, "granted");

  static InvariantViolation found() {
    return assertThrows(InvariantViolation.class, () -> Exploration.explore(IMPOSSIBLE, 1, 1000));
  }

  @Test
  void counterexample_fromItsText_isTheSameAgainAndAgain() {
    String text = String.valueOf(found().getMessage());
    assertTrue(text.lines().count() <= 90, text);
    for (int i = 0; i < 10; i++) {
      InvariantViolation again = ScenarioText.parse(text).replay();
      assertNotNull(again);
      assertEquals(text, again.getMessage());
    }
  }

  @Test
  void scenario_withAllThatItCanHave_isReadAsItIsWritten() {
    Scenario scenario =
        Scenario.of(2, List.of(new Create(0, "aaa", "/a")), List.of(WRITE), List.of(WRITE))
            .afterwards(new Close(0, "aaa"))
            .promising("INV-5", WRITE, "granted", "DatastoreBusy")
            .closingAll()
            .killing(1);
    Counterexample example = new Counterexample(scenario, List.of(0, 0, 1, 2, 0));
    String text = String.join("\n", ScenarioText.lines(example));
    assertEquals(example, ScenarioText.parse("around it\n\n" + text + "\n step | T1"));
  }

  /** The failed assertion of a check that is no scenario may speak of processes. */
  @Test
  void begin_ofTextsWithAndWithoutAScenario_findsOnlyAScenario() {
    String text = String.valueOf(found().getMessage());
    String details = "oracle.InvariantViolation: " + text + "\n\tat some.Class.method";
    String scenario = details.substring(ScenarioText.begin(details));
    assertEquals(ScenarioText.parse(text), ScenarioText.parse(scenario));
    assertEquals(-1, ScenarioText.begin("expected: <processes: 1> but was: <processes: none>"));
    assertEquals(-1, ScenarioText.begin("processes: none\n"));
  }

  /** What breaks at the end of every run is made as small as that. */
  @Test
  void scenario_withoutCommands_canBeReplayed() {
    assertNull(ScenarioText.parse("processes: 2\n").replay());
    assertThrows(IllegalArgumentException.class, () -> ScenarioText.parse("no scenario"));
  }

  @Test
  void text_thatIsNoScenario_isRefusedWithTheLine() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ScenarioText.parse("processes: 1\nbefore: p0: dance"));
    assertTrue(String.valueOf(e.getMessage()).contains("before: p0: dance"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ScenarioText.parse("nothing"));
  }
}
