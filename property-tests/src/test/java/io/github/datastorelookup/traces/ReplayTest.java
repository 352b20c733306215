package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.traces.Replayer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The traces suffice: another implementation follows them, and no wrong one does. */
@Tag("exhaustive")
class ReplayTest {
  private static final String ID = "warm-lookup-vs-offline-1";

  private static String traces() throws IOException {
    return Files.readString(TraceFile.folder().resolve("traces.jsonl"));
  }

  private static String trace(String id) throws IOException {
    return traces()
        .lines()
        .filter(line -> line.contains("\"id\":\"" + id + "\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void script_withAllTraces_goesTheSameWay() throws IOException {
    Result result = Replayer.committed().replay(traces());
    assertEquals(List.of(), result.wrong());
    assertEquals(List.of(), result.leftOut());
    assertEquals(traces().lines().count(), result.replayed());
  }

  @Test
  void script_withACommandThatItDoesNotKnow_leavesTheTraceOut() throws IOException {
    String unknown = trace(ID).replace("p1: count aaa", "p1: started");
    assertEquals(new Result(0, List.of(ID), List.of()), Replayer.committed().replay(unknown));
  }

  /**
   * A mistake that somebody who ports the protocol could make.
   *
   * @param found the program whose traces have to show it
   */
  private record Mistake(String clause, String found, String right, String wrong) {
    @Override
    public String toString() {
      return clause;
    }
  }

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake(
            "W4: the generation is not read again",
            "warm-lookup-vs-offline",
            " && (yield* isOfNow(p, cached))) { // W4",
            ") {"),
        new Mistake(
            "W5: the instance is read before the count",
            "warm-lookup-vs-evict-and-reopen",
            "const before = yield add(p, slot, unit(operation)); // W3",
            "const early = slot.instance, before = yield add(p, slot, unit(operation));\n"
                + "  slot = Object.assign({}, slot, {instance: early});"),
        new Mistake(
            "S3: the first bump is left out", "save-killed", "yield bump(p.m); // S3, first", ""),
        new Mistake(
            "S3: the second bump is left out",
            "saves-of-two-processes",
            "yield bump(p.m); // S3, second",
            ""),
        new Mistake(
            "L1: no bump for an edit by hand",
            "edit-by-hand-found-by-two",
            "{ generation = yield bump(p.m); } // edited by hand",
            "{ }"),
        new Mistake(
            "L5: the section stays the old one",
            "saves-of-two-processes",
            "if (old.section !== section) {",
            "if (false) {"),
        new Mistake(
            "R1: the mutex is given back before the count is undone",
            "failed-open",
            "const last = yield* subtract(p, slot, operation); // L7, R1: inside the mutex",
            "slot.mutex.held = false; const last = yield* subtract(p, slot, operation);"),
        new Mistake(
            "D1: an undo is no drop",
            "warm-lookup-vs-offline",
            "yield* drop(p, slot, operation);\n  return null;",
            "yield* subtract(p, slot, operation);\n  return null;"),
        new Mistake(
            "E1: evicts without the mutex",
            "last-drop-vs-clear-and-lookup",
            "yield* lockMutex(p.m, slot.mutex, Infinity);",
            ""),
        new Mistake(
            "M3: acts without saving again",
            "destroy-vs-warm-lookup",
            "const wrong = yield* save(p, c => stillIn(c, name, mode)); // M3",
            "const wrong = null;"),
        new Mistake(
            "CLOSED is another bit", "first-lookup", "CLOSED = 1n << 61n", "CLOSED = 1n << 62n"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void script_withAMistake_isFoundAtAStep(Mistake mistake) throws IOException {
    Result result = Replayer.committed().with(mistake.right(), mistake.wrong()).replay(traces());
    Pattern there = Pattern.compile(mistake.found() + "-\\d+ step \\d+: .+", Pattern.DOTALL);
    assertTrue(
        result.wrong().stream().anyMatch(line -> there.matcher(line).matches()),
        () -> "not seen in " + mistake.found() + ", but in: " + result.wrong());
  }

  /** One of the values in a trace, another in its place, and where that is noticed. */
  private record Forgery(String what, String right, String wrong, String where) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Forgery> forgeries() {
    return List.of(
        new Forgery(
            "a value that was read",
            "\"op\":\"generation.get\",\"got\":2",
            "\"op\":\"generation.get\",\"got\":3",
            "step 2: got 2"),
        new Forgery(
            "a word after a step",
            "{\"word p0 aaa\":\"0000000040000000\"}",
            "{\"word p0 aaa\":\"0000000040000001\"}",
            "step 3: state is"),
        new Forgery(
            "an answer",
            "granted v1@/a\",\"files\"",
            "granted v2@/a\",\"files\"",
            "step 6: answer"),
        new Forgery("which files were granted", "\"files\":1", "\"files\":2", "step 6: files"),
        new Forgery("what is added", "\"with\":\"+WRITE\"", "\"with\":\"+READ\"", "step 3: with"),
        new Forgery(
            "the state at the start",
            "\"generation\":2,\"ledger",
            "\"generation\":4,\"ledger",
            "start: "));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void trace_withAnotherValue_isRefusedAtItsStep(Forgery forgery) throws IOException {
    String right = trace(ID);
    assertTrue(right.contains(forgery.right()), right);
    String wrong = right.replaceFirst(Pattern.quote(forgery.right()), forgery.wrong());
    List<String> found = Replayer.committed().replay(wrong).wrong();
    assertEquals(1, found.size(), () -> "found: " + found);
    assertTrue(found.get(0).startsWith(ID + " " + forgery.where()), found.get(0));
  }
}
