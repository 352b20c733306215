package io.github.datastorelookup.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.datastorelookup.checks.InvariantViolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a counterexample is told: each access of the library is a line, so any change shows. */
@Tag("simulation")
@Tag("golden")
class CounterexampleStoryTest {
  private static String golden(String name) throws IOException {
    try (InputStream file = CounterexampleStoryTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Every edit of the protocol moves its lines. */
  private static String withoutLines(String story) {
    return story.replaceAll("Protocol\\.java:\\d+", "Protocol.java:n");
  }

  @Test
  void counterexample_whenItIsFound_readsAsTheGoldenFileDoes() throws IOException {
    assertEquals(
        withoutLines(golden("lookup-refused.txt")),
        withoutLines(CounterexampleTest.found().getMessage() + "\n"));
  }

  @Test
  void schedule_whenItIsReplayed_tellsTheGoldenStory() throws IOException {
    String text = golden("lookup-interrupted.txt");
    InvariantViolation again = ScenarioText.parse(text).replay();
    assertNotNull(again);
    assertEquals(withoutLines(text), withoutLines(again.getMessage() + "\n"));
  }
}
