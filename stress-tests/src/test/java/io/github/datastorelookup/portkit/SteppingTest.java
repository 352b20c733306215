package io.github.datastorelookup.portkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.portkit.Mode.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stepping: another implementation in another language holds, and no wrong one does. */
@Timeout(600)
@Tag("traces")
final class SteppingTest {
  private static Outcome run(ScriptEngine engine, int script, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--port=script", "--seed=1"));
    args.addAll(List.of(more));
    return new SteppingMode(KitOptions.parse(args), () -> engine.port(script)).run(0);
  }

  @Test
  void step_ofTheScript_holds() throws IOException {
    try (ScriptEngine engine = new ScriptEngine(List.of(ScriptEngine.script("port.js")))) {
      Outcome outcome = run(engine, 0, "--programs=10");
      assertEquals(Verdict.HOLDS, outcome.verdict(), outcome::toString);
      assertEquals(312, outcome.figures().get("traces"));
      assertEquals(100, outcome.figures().get("generated"));
    }
  }

  @Test
  void step_ofTheScriptWithAMistake_isBroken() throws IOException {
    List<ScriptMistake> mistakes = ScriptMistake.all();
    List<String> unseen = new ArrayList<>();
    try (ScriptEngine engine =
        new ScriptEngine(mistakes.stream().map(ScriptMistake::script).toList())) {
      for (int i = 0; i < mistakes.size(); i++) {
        long start = System.nanoTime();
        Outcome outcome = run(engine, i, "--programs=100");
        if (outcome.verdict() != Verdict.BROKEN) {
          unseen.add(mistakes.get(i).name() + ": " + outcome.verdict());
        }
        System.out.printf(
            Locale.ROOT,
            "%s: %s after %.1f s: %s%n",
            mistakes.get(i).name(),
            outcome.verdict(),
            (System.nanoTime() - start) / 1e9,
            String.valueOf(outcome.why()).lines().findFirst().orElse(""));
      }
    }
    assertEquals(List.of(), unseen);
    assertTrue(mistakes.size() >= 40, mistakes.size() + " mistakes");
  }
}
