package io.github.datastorelookup.history;

import static io.github.datastorelookup.history.HistoryCheckerTest.append;
import static io.github.datastorelookup.history.HistoryCheckerTest.broken;
import static io.github.datastorelookup.history.HistoryCheckerTest.checkRun;
import static io.github.datastorelookup.history.HistoryCheckerTest.checker;
import static io.github.datastorelookup.history.HistoryCheckerTest.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules about acts on drained datastores, broken configs and silence, each seen to fail. */
@Tag("runner")
final class ActCheckerTest {
  private static final List<String> UNMOUNT =
      List.of(
          "a 10 UNMOUNT_START 1 st1 unmount",
          "a 20 ACT_START 1 st1 ",
          "a 30 ACT_END 1 st1 ",
          "a 40 UNMOUNT_OK 1 st1 unmount");

  @Test
  void handleInsideAnAct_breaksAdmission() {
    checkRun(append(UNMOUNT, handle("READ", 11, 12, 19)));
    checkRun(append(UNMOUNT, handle("READ", 15, 31, 50)));
    broken("INV-3", append(UNMOUNT, handle("READ", 5, 6, 21)));
    broken("INV-3", append(UNMOUNT, handle("WRITE", 25, 26, 50)));
  }

  @Test
  void lookupInsideAnAct_isRefusedWhenTheDatastoreGoes() {
    checkRun(append(UNMOUNT, handle("LOOKUP", 25, 26, 50)));
    List<String> removal = UNMOUNT.stream().map(line -> line.replace("UNMOUNT", "REMOVE")).toList();
    broken("INV-3", append(removal, handle("LOOKUP", 25, 26, 50)));
    checkRun(append(removal, handle("LOOKUP", 5, 6, 50))); // nobody waits for it
  }

  @Test
  void actBesideAnother_breaksAdmission() {
    List<String> other =
        UNMOUNT.stream().map(line -> line.replaceFirst("a (\\d)0", "d $15")).toList();
    broken("INV-3", append(UNMOUNT, other.toArray(new String[0])));
    checkRun(
        append(
            UNMOUNT,
            other.stream().map(line -> line.replace("d 2", "d 3")).toArray(String[]::new)));
  }

  @Test
  void actOfAKilledProcess_lastsUntilTheKill() {
    List<String> killed = append(UNMOUNT.subList(0, 2), "p 60 KILL_START 1 a ", "p 61 DEAD 2 a ");
    broken("INV-3", append(killed, handle("READ", 50, 51, 70)));
    checkRun(append(killed, handle("READ", 62, 63, 70)));
    List<String> begunLater = append(UNMOUNT.subList(0, 2), "p 19 KILL_START 1 a ");
    checkRun(append(begunLater, handle("READ", 50, 51, 70)));
  }

  @Test
  void unmountBySomebodyElse_endsADrainedInterval() {
    List<String> grant =
        List.of(
            "c 34 LOOKUP_START 1 st1 READ", "c 35 GRANT 1 st1 READ 0", "c 36 DROP_START 1 st1 ");
    broken("INV-3", with(grant, List.of()));
    checkRun(with(grant, List.of("d 28 UNMOUNT_START 1 st1 unmount", "d 33 UNMOUNT_OK 1 st1 x")));
    checkRun(with(grant, List.of("d 28 UNMOUNT_START 1 st1 unmount", "d 33 REFUSED 1 st1 x")));
  }

  @Test
  void complaintAboutASoundConfig_isBroken() {
    List<String> torn =
        List.of("p 10 TORN 1 lab ", "p 20 EDIT_START 1 lab 2", "p 21 EDIT_OK 1 lab 2");
    List<String> refused =
        List.of("b 15 LOOKUP_START 1 st1 READ", "b 16 REFUSED 1 st1 ConfigInvalid");
    checkRun(append(torn, refused.toArray(new String[0])));
    broken("INV-13", refused);
    broken(
        "INV-13", append(torn, "b 22 LOOKUP_START 1 st1 READ", "b 23 REFUSED 1 st1 ConfigInvalid"));
    broken(
        "INV-13", append(torn, "b 7 LOOKUP_START 1 st1 READ", "b 9 REFUSED 1 st1 ConfigInvalid"));
    checkRun(append(torn, "b 22 WARNED 0 - the config is not reloaded"));
    broken("INV-13", append(torn, "b 9 WARNED 0 - the config is not reloaded"));
    checkRun(List.of("b 9 WARNED 0 - path=/a does not answer: counted as another datastore"));
  }

  @Test
  void silentThread_isStuck() {
    List<String> begun = List.of("a 10 STARTED 0 - ");
    checkRun(append(begun, "a 1010 QUIET 0 - "));
    broken("INV-12", append(begun, "a 1011 QUIET 0 - "));
    checkRun(append(begun, "p 1010 KILL_START 1 a ", "p 9999 DEAD 2 a "));
    broken("INV-12", append(begun, "p 1011 KILL_START 1 a ", "p 9999 DEAD 2 a "));
    checkRun(append(begun, "a 20 ENDED 0 - ", "p 9999 STARTED 0 - "));
    checkRun(List.of("parent 10 UNMOUNT_OK 1 st1 unmount", "a 1999 ENDED 0 - "));
  }

  @Test
  void historyUntilNow_knowsNothingOfLater() {
    List<String> open = List.of("b 10 LOOKUP_START 1 st1 READ", "b 12 GRANT 1 st1 READ 0");
    List<LogLine> lines =
        HistoryCheckerTest.history(
                append(open, "a 30 CENSUS_START 1 st1 ", "a 40 CENSUS 1 st1 0 0"))
            .lines();
    checker(new History(lines, 39)).checkRun();
    InvariantViolation e =
        assertThrows(InvariantViolation.class, () -> checker(new History(lines, 41)).checkRun());
    assertEquals("INV-6", e.invariant());
  }

  @Test
  void severalViolations_areAllTold() {
    Violations all = new Violations();
    InvariantViolation first = new InvariantViolation("INV-3", "x");
    InvariantViolation second = new InvariantViolation("INV-6", "y");
    all.throwFirst();
    all.collect(
        () -> {
          throw first;
        });
    all.collect(
        () -> {
          throw second;
        });
    assertEquals(first, assertThrows(InvariantViolation.class, all::throwFirst));
    assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
  }

  private static String[] handle(String operation, int asked, int granted, int dropped) {
    return new String[] {
      "c " + asked + " LOOKUP_START 1 st1 " + operation,
      "c " + granted + " GRANT 1 st1 " + operation + " 0",
      "c " + dropped + " DROP_START 1 st1 ",
      "c " + (dropped + 1) + " DROPPED 1 st1 "
    };
  }
}
