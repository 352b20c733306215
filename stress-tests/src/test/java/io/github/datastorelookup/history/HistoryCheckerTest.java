package io.github.datastorelookup.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rule counts only after it was seen to fail: one short history for each way to break it. */
@Tag("runner")
final class HistoryCheckerTest {
  private static final Duration TTL = Duration.ofNanos(100);
  private static final Duration PATIENCE = Duration.ofNanos(1000);

  // a: a decider that sets offline, sees it drained, clears. b: a reader before, another after.
  private static final List<String> FINE =
      List.of(
          "b 10 LOOKUP_START 1 st1 READ",
          "b 12 GRANT 1 st1 READ 0",
          "a 13 SET_START 1 st1 offline",
          "a 14 SET_OK 1 st1 offline",
          "a 15 CENSUS_START 2 st1 ",
          "a 16 CENSUS 2 st1 1 0",
          "b 20 DROP_START 1 st1 ",
          "b 22 DROPPED 1 st1 ",
          "a 23 CENSUS_START 3 st1 ",
          "a 24 CENSUS 3 st1 0 0",
          "a 25 DRAINED 1 st1 offline",
          "a 40 CLEAR_START 4 st1 ",
          "b 41 LOOKUP_START 2 st1 READ",
          "b 42 GRANT 2 st1 READ 0",
          "a 44 CLEAR_OK 4 st1 ",
          "b 50 DROP_START 2 st1 ",
          "b 52 DROPPED 2 st1 ");

  @Test
  void fineHistory_passes() {
    checkRun(FINE);
  }

  @Test
  void grantInsideADrainedInterval_breaksAdmission() {
    InvariantViolation e =
        broken("INV-3", with("c 30 LOOKUP_START 1 st1 WRITE", "c 31 GRANT 1 st1 WRITE 0"));
    String story = String.valueOf(e.getMessage());
    assertTrue(story.contains("a:7 at=0.000000025 thread=0 DRAINED"), story);
    assertTrue(story.contains("c:2 at=0.000000031 thread=0 GRANT"), story);
  }

  @Test
  void handleFromBeforeTheMode_stillLiveWhenSeenDrained_breaksAdmission() {
    broken(
        "INV-3",
        with("c 1 LOOKUP_START 1 st1 READ", "c 2 GRANT 1 st1 READ 0", "c 26 DROP_START 1 st1 "));
  }

  @Test
  void handleOfAProcessThatWasKilledBefore_isNotLive() {
    checkRun(
        with(
            "c 1 LOOKUP_START 1 st1 READ",
            "c 2 GRANT 1 st1 READ 0",
            "p 3 KILL_START 1 c ",
            "p 5 DEAD 2 c "));
  }

  @Test
  void handleOfAProcessThatWasKilledLater_isLiveUntilThen() {
    broken(
        "INV-3",
        with(
            "c 11 LOOKUP_START 1 st1 READ",
            "c 12 GRANT 1 st1 READ 0",
            "p 26 KILL_START 1 c ",
            "p 28 DEAD 2 c "));
  }

  @Test
  void clearBySomebodyElseWhileLooking_provesNothing() {
    List<String> grant =
        List.of(
            "c 30 LOOKUP_START 1 st1 READ",
            "c 31 GRANT 1 st1 READ 0",
            "c 32 DROP_START 1 st1 ",
            "c 33 DROPPED 1 st1 ");
    List<String> clear = List.of("d 18 CLEAR_START 1 st1 ", "d 24 CLEAR_OK 1 st1 ");
    checkRun(with(grant, clear));
    broken("INV-3", with(grant, List.of("d 11 CLEAR_START 1 st1 ", "d 12 CLEAR_OK 1 st1 ")));
    broken("INV-3", with(grant, List.of("d 18 CLEAR_START 1 st1 ", "d 24 REFUSED 1 st1 x")));
    checkRun(
        with(grant, List.of("d 18 CLEAR_START 1 st1 ", "p 19 KILL_START 1 d ", "p 20 DEAD 2 d ")));
  }

  @Test
  void readOnly_refusesWritersOnly() {
    List<String> history = with(List.of(), List.of());
    history.replaceAll(line -> line.replace("offline", "read-only"));
    history.addAll(
        List.of(
            "c 30 LOOKUP_START 1 st1 READ",
            "c 31 GRANT 1 st1 READ 0",
            "c 32 DROP_START 1 st1 ",
            "c 33 DROPPED 1 st1 "));
    checkRun(history);
    history.replaceAll(line -> line.startsWith("c") ? line.replace("READ", "WRITE") : line);
    broken("INV-3", history);
  }

  @Test
  void grantInAStandingMode_breaksAdmission() {
    broken("INV-3", List.of("c 30 LOOKUP_START 1 tape READ", "c 31 GRANT 1 tape READ 0"));
  }

  @Test
  void grantAfterRemoval_breaksAdmission() {
    List<String> removal =
        List.of("a 10 REMOVE_START 1 s ", "a 20 REMOVE_OK 1 s ", "a 60 CREATE_START 2 s ");
    broken(
        "INV-3", with(removal, List.of("c 30 LOOKUP_START 1 s LOOKUP", "c 31 GRANT 1 s LOOKUP 0")));
    checkRun(with(removal, List.of("c 61 LOOKUP_START 1 s READ", "c 62 GRANT 1 s READ 0")));
    checkRun(with(removal, List.of("c 30 DUPLICATE_START 1 s LOOKUP", "c 31 GRANT 1 s LOOKUP -")));
    broken(
        "INV-3", with(removal, List.of("c 30 DUPLICATE_START 1 s READ", "c 31 GRANT 1 s READ -")));
  }

  @Test
  void countWithoutALiveHandle_orWithAHandleOfTheDead_breaksConservation() {
    broken(
        "INV-6",
        List.of(
            "b 10 LOOKUP_START 1 st1 READ",
            "b 12 GRANT 1 st1 READ 0",
            "a 15 CENSUS_START 2 st1 ",
            "a 16 CENSUS 2 st1 0 0"));
    broken(
        "INV-6",
        List.of(
            "b 10 LOOKUP_START 1 st1 READ",
            "b 12 GRANT 1 st1 READ 0",
            "p 13 KILL_START 1 b ",
            "p 14 DEAD 2 b ",
            "a 15 CENSUS_START 2 st1 ",
            "a 16 CENSUS 2 st1 1 0"));
  }

  @Test
  void refusedLookup_mayBeCountedWhileItRuns_notAfterwards() {
    List<String> refused = List.of("b 10 LOOKUP_START 1 st1 READ", "b 16 REFUSED 1 st1 OpenFailed");
    checkRun(append(refused, "a 15 CENSUS_START 2 st1 ", "a 18 CENSUS 2 st1 1 0"));
    broken("INV-6", append(refused, "a 17 CENSUS_START 2 st1 ", "a 18 CENSUS 2 st1 1 0"));
  }

  @Test
  void leakedCount_breaksConservation() {
    HistoryChecker checker = checker(history(FINE));
    checker.checkLeft(Map.of("st1", new ActiveOperations(0, 0)), Map.of());
    assertEquals(
        "INV-6",
        assertThrows(
                InvariantViolation.class,
                () -> checker.checkLeft(Map.of("st1", new ActiveOperations(0, 1)), Map.of()))
            .invariant());
  }

  @Test
  void exclusiveStoreLockBesideAnother_isBroken() {
    List<String> held = List.of("a 10 LOCKED 1 st1 exclusive", "a 20 UNLOCK_START 1 st1 ");
    checkRun(with(held, List.of("c 21 LOCKED 1 st1 shared")));
    broken("INV-4", with(held, List.of("c 19 LOCKED 1 st1 shared")));
    List<String> killed = List.of("p 11 KILL_START 1 c ", "c 12 LOCKED 1 st1 exclusive");
    checkRun(with(killed, List.of("d 13 LOCKED 1 st1 shared", "p 14 DEAD 2 c ")));
    broken(
        "INV-4",
        with(held, List.of("c 5 LOCKED 1 st1 shared", "p 11 KILL_START 1 c ", "p 12 DEAD 2 c ")));
  }

  static List<String> with(List<String> more, List<String> evenMore) {
    List<String> all = new ArrayList<>(FINE);
    all.addAll(more);
    all.addAll(evenMore);
    return all;
  }

  private static List<String> with(String... more) {
    return append(FINE, more);
  }

  static List<String> append(List<String> lines, String... more) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(List.of(more));
    return all;
  }

  static void checkRun(List<String> lines) {
    checker(history(lines)).checkRun();
  }

  static HistoryChecker checker(History history) {
    return new HistoryChecker(history, Map.of("tape", MaintenanceMode.OFFLINE), TTL, PATIENCE);
  }

  /** The violation of this invariant; the same lines may break others before. */
  static InvariantViolation broken(String invariant, List<String> lines) {
    InvariantViolation first = assertThrows(InvariantViolation.class, () -> checkRun(lines));
    return Stream.concat(Stream.of(first), Stream.of(first.getSuppressed()))
        .map(InvariantViolation.class::cast)
        .filter(each -> each.invariant().equals(invariant))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not " + invariant, first));
  }

  /** Each line is: source, time, event, id, name, detail. */
  static History history(List<String> lines) {
    List<LogLine> parsed = new ArrayList<>();
    for (String source : lines.stream().map(line -> line.split(" ", -1)[0]).distinct().toList()) {
      StringBuilder log = new StringBuilder();
      for (String line : lines) {
        String[] field = line.split(" ", 6);
        if (field[0].equals(source)) {
          log.append(
              LogLine.format(
                  Long.parseLong(field[1]),
                  0,
                  Event.valueOf(field[2]),
                  Long.parseLong(field[3]),
                  field[4],
                  field[5]));
        }
      }
      parsed.addAll(LogLine.parse(source, log.toString()));
    }
    return new History(parsed);
  }
}
