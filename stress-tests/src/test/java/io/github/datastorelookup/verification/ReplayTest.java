package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dreplay=file}. */
@Tag("runner")
class ReplayTest {
  private static final String SCENARIO =
      """
      whatever stands around it
      processes: 1
      before: p0: create aaa at /a
      T1: p0: lookup aaa READ
      T2: p0: save aaa offline
      %s
      schedule: T2*50 T1*50
      """;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private boolean replay(Path folder, String text) throws IOException {
    said.reset();
    Path file = Files.writeString(folder.resolve("failure.txt"), text);
    return Replay.run(file, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private String told() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void file_inWhichAnInvariantIsBroken_isToldTheSameWayAgainAndAgain(@TempDir Path folder)
      throws IOException {
    String text =
        String.format(Locale.ROOT, SCENARIO, "promise: INV-1 granted: p0: lookup aaa READ");
    assertFalse(replay(folder, text));
    String first = told();
    assertTrue(
        first.startsWith("INV-1 broken: p0: lookup aaa READ => DatastoreUnavailable"), first);
    for (int i = 0; i < 9; i++) {
      assertFalse(replay(folder, i % 2 == 0 ? first : text));
      assertEquals(first, told());
    }
  }

  @Test
  void file_inWhichNothingIsBroken_saysSo(@TempDir Path folder) throws IOException {
    assertTrue(replay(folder, String.format(Locale.ROOT, SCENARIO, "")), told());
    assertTrue(told().startsWith("nothing is broken"), told());
  }

  @Test
  void fileOfAMutant_inWhichNothingIsBroken_namesTheMutant(@TempDir Path folder)
      throws IOException {
    String text =
        "replay: mvn -Dmutant=some-mutant -Dreplay=x\n" + String.format(Locale.ROOT, SCENARIO, "");
    assertTrue(replay(folder, text), told());
    assertTrue(told().contains("add -Dmutant=some-mutant"), told());
  }

  @Test
  void file_withoutAScenario_isRefused(@TempDir Path folder) {
    assertThrows(IllegalArgumentException.class, () -> replay(folder, "layer: jcstress\nfailed"));
  }
}
