package io.github.datastorelookup.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roastedroot.quickjs4j.core.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code docs/traces/replay.js}, or variants of it, with a JavaScript engine inside this JVM.
 * The engine takes two seconds to start: all that is to be run is collected first.
 */
final class Replayer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 300_000;

  private final StringBuilder code = new StringBuilder("const results = [];\n");
  private final String script;

  /**
   * What came of a replay.
   *
   * @param replayed how many traces were replayed
   * @param leftOut ids of those with a command that the script does not know
   * @param wrong for each trace that went another way, its id, the step, and how
   */
  record Result(int replayed, List<String> leftOut, List<String> wrong) {}

  /** With the script as it is committed. */
  Replayer() throws IOException {
    script = Files.readString(TraceFile.folder().resolve("replay.js"));
  }

  /** Has these lines replayed. */
  Replayer replay(String lines) throws IOException {
    return replay(script, lines);
  }

  /**
   * Has these lines replayed by the script with a mistake in it.
   *
   * @throws IllegalArgumentException when the text that is replaced is not there exactly once
   */
  Replayer replayWith(String right, String wrong, String lines) throws IOException {
    int at = script.indexOf(right);
    if (at < 0 || script.indexOf(right, at + 1) >= 0) {
      throw new IllegalArgumentException("replay.js does not have exactly once: " + right);
    }
    return replay(script.replace(right, wrong), lines);
  }

  private Replayer replay(String variant, String lines) throws IOException {
    code.append("results.push((function () {\n").append(variant).append("\nreturn replayAll(");
    code.append(JSON.writeValueAsString(lines)).append(");\n})());\n");
    return this;
  }

  /** What came of each, in their order. */
  List<Result> run() throws IOException {
    code.append("console.log('[' + results.join(',') + ']');\n");
    try (Runner engine = Runner.builder().withTimeoutMs(TIMEOUT_MILLIS).build()) {
      engine.compileAndExec(code.toString());
      List<Result> results = new ArrayList<>();
      for (JsonNode each : JSON.readTree(engine.stdout())) {
        results.add(
            new Result(
                each.get("replayed").asInt(),
                texts(each.get("leftOut")),
                texts(each.get("wrong"))));
      }
      return results;
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
