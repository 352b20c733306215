package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The committed traces are what the code does now. */
@Tag("traces")
class TracesTest {
  private static final String REWRITE =
      "\nThe library takes other steps than these traces. That alone is no fault, and the other"
          + " checks say whether it is one. If it is meant, run: mvn -pl property-tests -am test"
          + " -Dtest=TracesTest -Dtraces.write=true -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void traces_whenTheyAreMadeAgain_areTheCommittedOnes() throws IOException {
    Path file = TraceFile.folder().resolve("traces.jsonl");
    boolean write = Boolean.getBoolean("traces.write");
    if (write) {
      Selection.addMissing();
    }
    List<String> lines = TraceFile.lines();
    if (write) {
      Files.write(file, lines);
    }
    List<String> committed = Files.readAllLines(file);
    assertTrue(lines.size() >= 300, lines.size() + " traces");
    List<String> stale = new ArrayList<>();
    for (int i = 0; i < Math.min(lines.size(), committed.size()); i++) {
      String difference = Difference.between(committed.get(i), lines.get(i));
      if (difference != null) {
        stale.add(difference);
      }
    }
    assertTrue(
        stale.isEmpty(),
        () -> stale.size() + " traces are stale, the first one:\n" + stale.get(0) + REWRITE);
    assertEquals(committed.size(), lines.size(), "number of traces; " + REWRITE);
  }
}
