package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real OutOfMemoryErrors, in a JVM with a small heap: no count leaks, no file stays open. */
@Timeout(120)
@Tag("INV-6")
@Tag("INV-5")
class HeapTest {
  @Test
  void operations_onAFullHeap_leaveNothing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:-EliminateAllocations", // else a frame may be lost, finally and all: limits.md
                "-cp",
                System.getProperty("java.class.path"),
                HeapMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.inputReader(UTF_8)) {
      assertEquals(List.of("end"), out.lines().toList());
    }
    assertEquals(0, process.waitFor());
  }
}
