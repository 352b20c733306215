package io.github.datastorelookup.verification.races;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What jcstress says of its forks, as a number of races. */
@Tag("runner")
final class ForkCountTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), "jcstress");
  private final ForkCount forks = new ForkCount(progress, 48);

  private void assertShown(String what) {
    said.reset();
    progress.event("now");
    String line = said.toString(StandardCharsets.UTF_8);
    assertTrue(line.startsWith("[jcstress] " + what), line);
  }

  @Test
  void forks_areCountedAsRaces() {
    progress.plan(96);
    forks.read("(Results: 96 planned; 30 passed, 1 failed, 0 soft errs, 1 hard errs)");
    assertShown("16/96");
    forks.read("a line of something else: 5 planned");
    assertShown("16/96");
    forks.end();
    assertShown("48/96");
  }
}
