package io.github.datastorelookup.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;

/** Runs {@code docs/traces/replay.js} in this JVM: a JavaScript engine is all that it needs. */
final class Replayer {
  private final String script;

  /**
   * What came of it.
   *
   * @param replayed how many traces were replayed
   * @param leftOut ids of those with a command that the script does not know
   * @param wrong for each trace that went another way, its id, the step, and how
   */
  record Result(int replayed, List<String> leftOut, List<String> wrong) {}

  private Replayer(String script) {
    this.script = script;
  }

  /** The script as it is. */
  static Replayer committed() throws IOException {
    return new Replayer(Files.readString(TraceFile.folder().resolve("replay.js")));
  }

  /**
   * The script with a mistake in it.
   *
   * @throws IllegalArgumentException when the text that is replaced is not there exactly once
   */
  Replayer with(String right, String wrong) {
    int at = script.indexOf(right);
    if (at < 0 || script.indexOf(right, at + 1) >= 0) {
      throw new IllegalArgumentException("replay.js does not have exactly once: " + right);
    }
    return new Replayer(script.replace(right, wrong));
  }

  /** Replays these lines. */
  Result replay(String lines) throws IOException {
    Context context = Context.enter();
    try {
      context.setLanguageVersion(Context.VERSION_ES6);
      context.setInterpretedMode(true); // as fast for a second of work, and without class files
      Scriptable scope = context.initSafeStandardObjects();
      Object unused = context.evaluateString(scope, script, "replay.js", 1, null);
      Function all = (Function) scope.get("replayAll", scope);
      Object result = all.call(context, scope, scope, new Object[] {lines});
      JsonNode json = new ObjectMapper().readTree(String.valueOf(result));
      return new Result(
          json.get("replayed").asInt(), texts(json.get("leftOut")), texts(json.get("wrong")));
    } finally {
      Context.exit();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
