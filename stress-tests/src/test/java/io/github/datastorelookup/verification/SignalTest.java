package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in a JVM of its own: what a signal leaves, and what is refused. */
@Tag("runner")
final class SignalTest {
  private final Path root;
  private final Path target;

  SignalTest(@TempDir Path root) {
    this.root = root;
    this.target = root.resolve("stress-tests/target");
  }

  /** A repository of its own to write into, with the classes of this one. */
  @BeforeEach
  void linkClasses() throws IOException {
    Path real = Repository.root();
    Files.createDirectories(target);
    for (String each : new String[] {"impl", "property-tests", "docs"}) {
      Files.createSymbolicLink(root.resolve(each), real.resolve(each));
    }
    for (String each : new String[] {"classes", "test-classes"}) {
      Files.createSymbolicLink(
          target.resolve(each), real.resolve("stress-tests/target").resolve(each));
    }
  }

  @Test
  void signal_inTheMiddleOfALayer_leavesASummaryAReportAndAPartialVerdict() throws Exception {
    Process process = start("simulation");
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("[simulation] 0/")) {
        line = lines.readLine();
      }
      assertTrue(line != null, "the layer began");
      assertTrue(process.toHandle().destroy()); // SIGTERM, and the streams stay open
      while (lines.readLine() != null) {} // or the pipe is full
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    JsonNode summary =
        new ObjectMapper().readTree(target.resolve("verification/summary.json").toFile());
    assertEquals("partial", summary.path("verdict").asText());
    assertTrue(
        summary.path("headline").asText().contains("checks, by a signal"), summary::toString);
    assertTrue(Files.exists(target.resolve("verification/index.html")));
    assertTrue(Files.exists(target.resolve("verdict/partial")));
  }

  @Test
  void unknownLayer_isRefusedWithTheNamesThereAre_andTouchesNothing() throws Exception {
    Path before = Files.createDirectories(target.resolve("verification")).resolve("summary.json");
    Files.writeString(before, "of the run before");
    Process process = start("simulatoin");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor());
    assertTrue(
        said.contains("refused: only=[simulatoin], there are [unit, properties, simulation,"),
        said);
    assertEquals("of the run before", Files.readString(before));
    assertTrue(Files.exists(target.resolve("verdict/failed")));
  }

  private Process start(String only) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dbudget=tough",
            "-Dseed=1",
            "-Donly=" + only,
            "-cp",
            System.getProperty("java.class.path"),
            Verification.class.getName(),
            root.toString());
    return builder.redirectErrorStream(true).start();
  }
}
