package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.inspect.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks what {@code inspect} reports about an installation in use, by its files and the kernel's
 * table of locks. Each live process has its ledger locked and whole, on the page that all use.
 * {@code inspect} runs in a separate process, as a process does not see its own locks.
 */
final class Inspection {
  private Inspection() {}

  /** Requires that nothing is wrong. */
  static void check(Site site) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "inspect",
                    "--config",
                    site.config().toString(),
                    "--run",
                    site.run().toString(),
                    "--json"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      JsonNode report = new ObjectMapper().readTree(said);
      throw new InvariantViolation(
          "INV-12", "inspect exit=" + exit + " problems=" + report.path("problems"));
    }
  }
}
