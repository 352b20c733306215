package io.github.datastorelookup.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The committed traces are what the code does now. */
@Tag("traces")
class TracesTest {
  private static final String REWRITE =
      "the library does something else than these traces; if that is meant, run: mvn -pl property-tests -am test -Dtest=TracesTest -Dtraces.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void traces_whenTheyAreMadeAgain_areTheCommittedOnes() throws IOException {
    Path file = TraceFile.folder().resolve("traces.jsonl");
    boolean write = Boolean.getBoolean("traces.write");
    if (write) {
      ChosenSchedules.choose();
    }
    List<String> lines = TraceFile.lines();
    if (write) {
      Files.write(file, lines);
    }
    List<String> committed = Files.readAllLines(file);
    assertTrue(lines.size() >= 300, lines.size() + " traces");
    for (int i = 0; i < Math.min(lines.size(), committed.size()); i++) {
      boolean same = committed.get(i).equals(lines.get(i)); // too long for assertEquals to show
      assertTrue(same, "line " + (i + 1) + " is stale; " + REWRITE);
    }
    assertEquals(committed.size(), lines.size(), "number of traces; " + REWRITE);
  }
}
