package io.github.datastorelookup.history;

import static io.github.datastorelookup.history.HistoryCheckerTest.append;
import static io.github.datastorelookup.history.HistoryCheckerTest.broken;
import static io.github.datastorelookup.history.HistoryCheckerTest.checkRun;
import static io.github.datastorelookup.history.HistoryCheckerTest.checker;
import static io.github.datastorelookup.history.HistoryCheckerTest.history;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules about saves, and about kills that prove something, each seen to fail. */
@Tag("runner")
final class SaveCheckerTest {
  // Save 1 is acknowledged at 20; save 2 is cut off by a kill.
  private static final List<String> SAVES =
      List.of(
          "a 10 SAVE_START 1 st1 1",
          "a 20 SAVE_OK 1 st1 1",
          "a 30 SAVE_START 2 st1 2",
          "p 31 KILL_START 1 a ",
          "p 33 DEAD 2 a ");

  @Test
  void lookupAfterASave_seesIt() {
    checkRun(saves("b 5 LOOKUP_START 1 st1 READ", "b 25 GRANT 1 st1 READ 0"));
    checkRun(saves("b 21 LOOKUP_START 1 st1 READ", "b 25 GRANT 1 st1 READ 1"));
    broken("INV-1", saves("b 21 LOOKUP_START 1 st1 READ", "b 25 GRANT 1 st1 READ 0"));
  }

  @Test
  void lookupOfASaveThatNobodyBegan_isBroken() {
    checkRun(saves("b 21 LOOKUP_START 1 st1 READ", "b 32 GRANT 1 st1 READ 2"));
    broken("INV-1", saves("b 21 LOOKUP_START 1 st1 READ", "b 29 GRANT 1 st1 READ 2"));
    broken("INV-1", saves("b 21 LOOKUP_START 1 st1 READ", "b 40 GRANT 1 st1 READ 3"));
  }

  @Test
  void lookupOneTtlAfterAnEditByHand_seesIt() {
    List<String> edit = List.of("p 10 EDIT_START 1 lab 1", "p 20 EDIT_OK 1 lab 1");
    checkRun(append(edit, "b 119 LOOKUP_START 1 lab READ", "b 130 GRANT 1 lab READ 0"));
    broken("INV-2", append(edit, "b 121 LOOKUP_START 1 lab READ", "b 130 GRANT 1 lab READ 0"));
  }

  @Test
  void lostAcknowledgedSave_isBroken() {
    checkFile(SAVES, Map.of("st1", 1L));
    checkFile(SAVES, Map.of("st1", 2L));
    brokenFile(SAVES, Map.of("st1", 0L));
    brokenFile(SAVES, Map.of("st1", 3L));
    brokenFile(SAVES, Map.of());
  }

  @Test
  void sectionThatWasCreatedOrRemoved_isThereOrNot() {
    List<String> created = List.of("a 10 CREATE_START 1 s ", "a 20 CREATE_OK 1 s ");
    checkFile(created, Map.of("s", 0L));
    brokenFile(created, Map.of());
    List<String> removed = append(created, "a 30 REMOVE_START 2 s ", "a 40 REMOVE_OK 2 s ");
    checkFile(removed, Map.of());
    brokenFile(removed, Map.of("s", 0L));
    List<String> cutOff =
        append(removed, "a 50 CREATE_START 3 s ", "p 51 KILL_START 1 a ", "p 52 DEAD 2 a ");
    checkFile(cutOff, Map.of());
    checkFile(cutOff, Map.of("s", 0L));
    List<String> refused =
        append(created, "a 30 REMOVE_START 2 s ", "a 40 REFUSED 2 s DatastoreInUse");
    checkFile(refused, Map.of("s", 0L));
    brokenFile(refused, Map.of());
  }

  @Test
  void killInsideACall_isTold() {
    HistoryCoverage coverage = new HistoryCoverage(history(SAVES));
    assertEquals(Set.of("a"), coverage.killedInsideACall());
    assertEquals(Set.of(), coverage.killedWithAHandle());
    HistoryCoverage between =
        new HistoryCoverage(
            history(
                List.of(
                    "a 10 LOOKUP_START 1 st1 READ",
                    "a 20 GRANT 1 st1 READ 0",
                    "p 31 KILL_START 1 a ",
                    "p 33 DEAD 2 a ")));
    assertEquals(Set.of(), between.killedInsideACall());
    assertEquals(Set.of("a"), between.killedWithAHandle());
  }

  @Test
  void halfALine_isLeftOut() {
    String line = LogLine.format(10, 0, Event.SAVE_START, 1, "st1", "7");
    List<LogLine> lines = LogLine.parse("a", line + line.substring(0, 30));
    assertEquals(1, lines.size());
    assertEquals(7, lines.get(0).sequence());
    assertThrows(IllegalArgumentException.class, () -> LogLine.parse("a", "{\"at\":10}\n"));
    assertThrows(
        IllegalArgumentException.class,
        () -> LogLine.parse("a", line.replace("SAVE_START", "SAVE_BEGIN")));
  }

  @Test
  void page_hasEachEvent() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/reference/port-kit.md"));
    for (Event event : Event.values()) {
      assertTrue(page.contains("`" + event + "`"), event::toString);
    }
    Matcher examples = Pattern.compile("(?m)^\\{\"at\".*\n").matcher(page);
    assertEquals(2, examples.results().map(it -> LogLine.parse("a", it.group())).count());
  }

  @Test
  void textOfALine_isReadAsItWasWritten() {
    String detail = "a \"quoted\"\ttext \u00e4";
    String line = LogLine.format(10, 0, Event.WARNED, 1, "-", detail);
    assertEquals(detail, LogLine.parse("a", line).get(0).detail());
  }

  @Test
  void lookupAfterALookupThatSawASave_seesItToo() {
    List<String> half = List.of("a 10 SAVE_START 1 st1 1", "a 90 SAVE_OK 1 st1 1");
    List<String> seen = append(half, "b 11 LOOKUP_START 1 st1 READ", "b 20 GRANT 1 st1 READ 1");
    checkRun(append(seen, "c 19 LOOKUP_START 1 st1 READ", "c 40 GRANT 1 st1 READ 0"));
    broken("INV-1", append(seen, "c 21 LOOKUP_START 1 st1 READ", "c 40 GRANT 1 st1 READ 0"));
  }

  private static List<String> saves(String... more) {
    return append(SAVES, more);
  }

  private static void checkFile(List<String> lines, Map<String, Long> file) {
    checker(history(lines)).checkLeft(Map.of(), file);
  }

  private static void brokenFile(List<String> lines, Map<String, Long> file) {
    InvariantViolation e = assertThrows(InvariantViolation.class, () -> checkFile(lines, file));
    assertTrue(e.invariant().equals("INV-1"), e.getMessage());
  }
}
