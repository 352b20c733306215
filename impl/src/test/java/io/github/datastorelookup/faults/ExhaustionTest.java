package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real Errors, each kind in a JVM of its own (E1). */
@Timeout(180)
@Tag("INV-5")
@Tag("INV-6")
@Tag("INV-11")
class ExhaustionTest {
  @Test
  void operations_onAFullHeap_leaveNothing() throws IOException, InterruptedException {
    expectEnd(
        List.of(
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-XX:-EliminateAllocations", // else a frame may be lost, finally and all: limits.md
            "-cp",
            System.getProperty("java.class.path"),
            HeapMain.class.getName()));
  }

  /**
   * From where not even a call fits to where all do: what overflows leaves no count, no lock and no
   * class that fails for ever. Frames have other sizes with each compiler.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"})
  void operations_atEachDepthOfTheStack_leaveNothing(String compiler, @TempDir Path directory)
      throws IOException, InterruptedException {
    expectEnd(
        List.of(
            compiler,
            "-cp",
            System.getProperty("java.class.path"),
            StackMain.class.getName(),
            directory.toString()));
  }

  private static void expectEnd(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = process.inputReader(UTF_8)) {
      assertEquals(List.of("end"), out.lines().toList());
    }
    assertEquals(0, process.waitFor());
  }
}
