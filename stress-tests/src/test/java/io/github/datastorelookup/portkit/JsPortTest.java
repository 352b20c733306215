package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kit's verdict on the port in JavaScript, on real files. It shares no code with this library,
 * so it shows that the pages in {@code docs} suffice to write the files.
 */
@Timeout(300)
@Tag("processes")
final class JsPortTest {
  private static final String JAVA =
      ProcessHandle.current().info().command().orElse("java")
          + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
          + System.getProperty("java.class.path")
          + "'";
  private static final String PORT = JAVA + " " + JsPort.class.getName();

  private final Path directory;
  private String said = "";

  JsPortTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Verdict run(String port, int programs) throws IOException {
    List<String> args =
        List.of(
            "--port=" + port,
            "--only=model",
            "--seed=1",
            "--programs=" + programs,
            "--tries=0",
            "--failure=" + directory.resolve("failure"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      return new PortKit(KitOptions.parse(args), out).run();
    } finally {
      said = bytes.toString(UTF_8);
    }
  }

  @Test
  void run_ofThePortInJavaScript_holds() throws IOException {
    assertEquals(Verdict.HOLDS, run(PORT, 15), () -> said);
    assertTrue(said.startsWith("port-kit model: holds: seed=1 programs=15 commands="), said);
  }

  /** Every other process is one of this library, on the same files. */
  @Test
  void run_ofProcessesInBothLanguages_holds() throws IOException {
    Path turn = directory.resolve("turn");
    Path script =
        Files.writeString(
            directory.resolve("port.sh"),
            "if mkdir "
                + turn
                + " 2>/dev/null; then exec "
                + PORT
                + "; else rmdir "
                + turn
                + "; exec "
                + JAVA
                + " "
                + JavaPort.class.getName()
                + "; fi\n");
    assertEquals(Verdict.HOLDS, run("sh " + script, 15), () -> said);
  }

  /** Mistakes in what the files are like, with which the port agrees with itself. */
  @ParameterizedTest
  @CsvSource({
    "files, GENERATION_AT = 24, GENERATION_AT = 32",
    "ledgers, LEDGER_VERSION = 2, LEDGER_VERSION = 3",
    "ledgers, NAME_AT = 12, NAME_AT = 16",
    "ledgers, 'map, at, hex(CLOSED)', 'map, at, hex(0n)'"
  })
  void run_withAMistakeInTheFiles_doesNotHold(String script, String right, String wrong)
      throws IOException {
    String text = text(script + ".js");
    int at = text.indexOf(right);
    assertTrue(at >= 0 && text.indexOf(right, at + 1) < 0, () -> "not once: " + right);
    Path variant =
        Files.writeString(directory.resolve("variant.js"), text.replace(right, wrong), UTF_8);
    String port = JAVA + " -Djsport." + script + "=" + variant + " " + JsPort.class.getName();
    assertNotEquals(Verdict.HOLDS, run(port, 15), () -> said);
  }

  private static String text(String script) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(JsPort.class.getResourceAsStream(script), script)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
