package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What whoever waits for a run gets to read. */
@Tag("runner")
final class ProgressTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void log_hasALineForWhatMatters_notOneForEachCheck() {
    Progress progress = new Progress(out, "any");
    progress.plan(1000);
    for (int i = 0; i < 1000; i++) {
      progress.now("check " + i);
      progress.done();
    }
    progress.event("FAILED one");
    List<String> lines = said().lines().toList();
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.get(0).startsWith("[any] 0/1000, 0 s, about 20 s left"), lines.get(0));
    assertTrue(lines.get(1).startsWith("[any] 1000/1000, "), lines.get(1));
    assertFalse(said().contains("\r"));
  }

  @Test
  void terminal_isOneLineThatIsWrittenAnew() {
    Terminal terminal = new Terminal(out, true);
    terminal.status("x".repeat(200));
    assertEquals("\r\u001B[K" + "x".repeat(79), said());
    said.reset();
    terminal.line("FAILED");
    assertEquals("\r\u001B[KFAILED" + System.lineSeparator(), said());
  }

  @Test
  void timeLeft_isThatOfTheLayersThatAreStillToRun() {
    Eta eta = new Eta(Map.of("unit", 30.0, "exhaustive", 30.0, "mutants", 40.0));
    assertEquals(100, eta.left("unit", 0, 0, 10), 0.1);
    assertEquals(85, eta.left("unit", 15, 5, 10), 0.1);
    eta.ended("unit", 30);
    assertEquals(70, eta.left("exhaustive", 0, 0, 60), 0.1);
  }

  @Test
  void timeLeft_onASlowMachine_isLonger() {
    Eta eta = new Eta(Map.of("unit", 30.0, "exhaustive", 30.0));
    eta.ended("unit", 80);
    assertEquals(60, eta.left("exhaustive", 0, 0, 60), 0.1);
  }

  @Test
  void timeLeft_isSaidAsAGuess() {
    assertEquals("a few seconds left", Eta.text(3));
    assertEquals("about 40 s left", Eta.text(42));
    assertEquals("about 3 min left", Eta.text(170));
  }
}
