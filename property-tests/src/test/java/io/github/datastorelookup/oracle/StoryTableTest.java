package io.github.datastorelookup.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.Command.Close;
import io.github.datastorelookup.model.Command.Create;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.Command.Lookup;
import io.github.datastorelookup.model.Command.Maintain;
import io.github.datastorelookup.simulation.Schedules;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Kind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a story calls things, and how it is kept short. */
@Tag("simulation")
class StoryTableTest {
  private static final Command CREATE = new Create(0, "aaa", "/a");
  private static final Command READ = new Lookup(0, "aaa", Operation.READ);
  private static final Command CLOSE = new Close(0, "aaa");

  /** The story of this scenario, whose threads run one after the other. */
  private static String story(Scenario scenario) {
    Trace trace = new Trace(true);
    new Execution(scenario, Schedules.replay(List.of()), trace).run();
    return String.join("\n", StoryTable.lines(trace));
  }

  private static void assertHas(String story, String... parts) {
    for (String part : parts) {
      assertTrue(story.contains(part), () -> part + " is not in\n" + story);
    }
  }

  @Test
  void heap_ofAProcessWithTwoThreads_isCalledByTheNamesOfTheCode() {
    String story = story(Scenario.of(1, List.of(CREATE), List.of(READ, CLOSE), List.of(READ)));
    assertHas(
        story,
        " step | where ",
        " | T1 (p0) ",
        " | T2 (p0) ",
        "  snapshot.get => Snapshot[digest=",
        "  closed.get => null",
        "  slots.get(aaa) => Slot[name=aaa]",
        "  claims.putIfAbsent(",
        "  mutex aaa.lock",
        "  instance aaa.set => Instance[section=",
        "  mutex of ");
    assertFalse(story.matches("(?s).*@[0-9a-f]{4,}.*"), story);
  }

  @Test
  void word_ofAnotherProcess_isShownInWords() {
    Command drain = new Maintain(1, "aaa", MaintenanceMode.OFFLINE, 100, Ending.GOOD);
    String story = story(Scenario.of(2, List.of(CREATE), List.of(READ, CLOSE), List.of(drain)));
    assertHas(story, "  ledger 1.ops.word(aaa) => reads=0 writes=0");
  }

  @Test
  void poll_thatRepeats_isToldOnceAndCounted() {
    Command drain = new Maintain(1, "aaa", MaintenanceMode.OFFLINE, 100, Ending.GOOD);
    String story = story(Scenario.of(2, List.of(CREATE, READ), List.of(drain)));
    assertTrue(story.lines().count() < 70, story);
    assertHas(story, " | p1: run in offline: aaa in 100 ms", "=> DatastoreInUse");
    assertTrue(
        story.matches("(?s).*\n  \\.\\.\\. \\| steps \\d+-\\d+ repeat \\d{2,} times, .*"), story);
  }

  @Test
  void steps_whoseValuesDiffer_areAllShown() {
    Trace trace = new Trace(true);
    trace.thread("T1");
    for (int i = 0; i < 100; i++) {
      trace.add(0, Kind.STEP, "generation.get", i);
    }
    assertEquals(101, StoryTable.lines(trace).size());
  }

  @Test
  void repeat_keepsTheNumbersOfTheStepsBehindIt() {
    Trace trace = new Trace(true);
    trace.thread("T1");
    for (String what : Collections.nCopies(41, "lock")) {
      trace.add(0, Kind.STEP, what, false);
      trace.add(0, Kind.STEP, "pause", null);
    }
    trace.add(0, Kind.END, "p0: lookup", "granted");
    assertEquals(
        List.of(
            " step | T1                    |",
            "    1 |   lock => false       |",
            "    2 |   pause               |",
            "  ... | steps 1-2 repeat 40 times, until step 82",
            "   83 | p0: lookup => granted |"),
        StoryTable.lines(trace));
  }

  @Test
  void lines_ofAStory_areNoPartOfItsReplay() {
    Scenario scenario =
        Scenario.of(1, List.of(CREATE), List.of(READ)).promising("INV-1", READ, "DatastoreBusy");
    InvariantViolation first = new Counterexample(scenario, List.of()).replay();
    assertNotNull(first);
    String text = String.valueOf(first.getMessage());
    assertHas(text, " Protocol.java:");
    String elsewhere = text.replaceAll("Protocol\\.java:\\d+ [^|]*", "Protocol.java:1 X9 ");
    assertEquals(ScenarioText.parse(text), ScenarioText.parse(elsewhere));
  }
}
