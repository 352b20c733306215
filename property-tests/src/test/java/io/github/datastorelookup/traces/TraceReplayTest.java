package io.github.datastorelookup.traces;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.traces.Replayer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The traces suffice: another implementation follows them, and no wrong one does. */
@Tag("traces")
class TraceReplayTest {
  private static final String ID = "warm-lookup-vs-offline-1";

  private static String traces() throws IOException {
    return Files.readString(TraceFile.folder().resolve("traces.jsonl"));
  }

  /** The lines of a program, or of one trace. */
  private static String traces(String id) throws IOException {
    String found =
        traces().lines().filter(line -> line.startsWith("{\"id\":\"" + id)).collect(joining("\n"));
    assertFalse(found.isEmpty(), id);
    return found;
  }

  @Test
  void script_withAllTraces_goesTheSameWay() throws IOException {
    Result result = new Replayer().replay(traces()).run().get(0);
    assertEquals(List.of(), result.wrong());
    assertEquals(List.of(), result.leftOut());
    assertEquals(traces().lines().count(), result.replayed());
  }

  @Test
  void script_withACommandThatItDoesNotKnow_leavesTheTraceOut() throws IOException {
    String unknown = traces(ID).replace("p1: count aaa", "p1: started");
    assertEquals(
        List.of(new Result(0, List.of(ID), List.of())), new Replayer().replay(unknown).run());
  }

  @Test
  void script_withAMistake_isFoundAtAStep() throws IOException {
    Replayer replayer = new Replayer();
    for (Mistake mistake : Mistake.all()) {
      replayer.replayWith(mistake.right(), mistake.wrong(), traces(mistake.found() + "-"));
    }
    List<Result> results = replayer.run();
    for (int i = 0; i < results.size(); i++) {
      Mistake mistake = Mistake.all().get(i);
      List<String> wrong = results.get(i).wrong();
      Pattern there = Pattern.compile(mistake.found() + "-\\d+ step \\d+: .+", Pattern.DOTALL);
      assertTrue(
          wrong.stream().anyMatch(line -> there.matcher(line).matches()),
          () -> mistake.clause() + ": not found in " + mistake.found() + ": " + wrong);
    }
    assertEquals(Mistake.all().size(), results.size());
  }

  /** One of the values in a trace, another in its place, and where that is noticed. */
  private record Forgery(String what, String right, String wrong, String where) {}

  private static List<Forgery> forgeries() {
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

  @Test
  void trace_withAnotherValue_isRefusedAtItsStep() throws IOException {
    Replayer replayer = new Replayer();
    String trace = traces(ID);
    for (Forgery forgery : forgeries()) {
      assertTrue(trace.contains(forgery.right()), forgery.what());
      String quoted = Pattern.quote(forgery.right());
      replayer.replay(trace.replaceFirst(quoted, Matcher.quoteReplacement(forgery.wrong())));
    }
    List<Result> results = replayer.run();
    for (int i = 0; i < results.size(); i++) {
      String found = String.join("\n", results.get(i).wrong());
      Forgery forgery = forgeries().get(i);
      assertTrue(found.startsWith(ID + " " + forgery.where()), () -> forgery.what() + ": " + found);
    }
    assertEquals(forgeries().size(), results.size());
  }
}
