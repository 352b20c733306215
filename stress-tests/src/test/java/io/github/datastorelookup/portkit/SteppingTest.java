package io.github.datastorelookup.portkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.Seed;
import io.github.datastorelookup.portkit.Mode.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stepping: another implementation in another language holds, and no wrong one does. */
@Timeout(600)
@Tag("runner")
final class SteppingTest {
  private static final int LEAST = 60;
  private static final int SMOKE = 3;

  private static Outcome run(ScriptEngine engine, int script, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--port=script", "--seed=1"));
    args.addAll(List.of(more));
    return new SteppingMode(KitOptions.parse(args), () -> engine.port(script)).run(0);
  }

  @Test
  void step_ofTheScript_holds() throws IOException {
    try (ScriptEngine engine = new ScriptEngine(List.of(ScriptEngine.script("port.js")))) {
      if (Budget.current() == Budget.SMOKE) {
        Outcome some = run(engine, 0, "--traces=first-,warm-,saves-,open-fails,destroy");
        assertEquals(Verdict.HOLDS, some.verdict(), some::toString);
        int traces = (Integer) Objects.requireNonNull(some.figures().get("traces"));
        assertTrue(traces >= 50, some::toString);
        return;
      }
      Outcome outcome = run(engine, 0, "--programs=10");
      assertEquals(Verdict.HOLDS, outcome.verdict(), outcome::toString);
      assertEquals(312, outcome.figures().get("traces"));
      assertEquals(100, outcome.figures().get("generated"));
    }
  }

  /** All of them, and in smoke some that the seed draws. */
  @Test
  void step_ofTheScriptWithAMistake_isBroken() throws IOException {
    List<ScriptMistake> mistakes = new ArrayList<>(ScriptMistake.of("stepping"));
    assertTrue(mistakes.size() >= LEAST, mistakes.size() + " mistakes");
    if (Budget.current() == Budget.SMOKE) {
      Collections.shuffle(mistakes, new Random(Seed.current()));
      mistakes = mistakes.subList(0, SMOKE);
    }
    List<String> unseen = new ArrayList<>();
    Explored.note("| mistake of a port | stepping after | in |");
    Explored.note("|---|---|---|");
    try (ScriptEngine engine =
        new ScriptEngine(mistakes.stream().map(ScriptMistake::script).toList())) {
      for (int i = 0; i < mistakes.size(); i++) {
        long start = System.nanoTime();
        Outcome outcome = run(engine, i, "--programs=40");
        double seconds = (System.nanoTime() - start) / 1e9;
        if (outcome.verdict() == Verdict.BROKEN) {
          MistakeTable.found(mistakes.get(i).name(), "stepping", seconds);
        } else {
          unseen.add(mistakes.get(i).name() + ": " + outcome.verdict());
        }
        String where = String.valueOf(outcome.why()).lines().findFirst().orElse("");
        Explored.note(
            String.format(
                Locale.ROOT,
                "| %s | %.1f s | %s |",
                mistakes.get(i).name(),
                seconds,
                where.replaceFirst(":.*", "")));
      }
    }
    assertEquals(List.of(), unseen);
  }
}
