package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line. */
final class MainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | missing command: inspect",
        "look | unknown command: look",
        "--config a --run b | unknown command: --config",
        "inspect | missing option: --config",
        "inspect --config a | missing option: --run",
        "inspect --run b | missing option: --config",
        "inspect --config | option without a value: --config",
        "inspect --config --run b | option without a value: --config",
        "inspect --config a --run | option without a value: --run",
        "inspect --config a --config c --run b | option given twice: --config",
        "inspect --config a --run b --run b | option given twice: --run",
        "inspect --config a --run b --json | unknown option: --json",
        "inspect --config=a --run b | unknown option: --config=a",
        "inspect --config a --run b c | unexpected argument: c",
        "inspect --config a --run b -v | unknown option: -v",
        "inspect --conf\u0007ig a | unknown option: --conf\\u0007ig",
      })
  void wrongCommandLine_isRefusedWithTheUsage(String line, String message) {
    Shown shown = Shown.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    assertEquals(Main.USAGE, shown.code());
    assertEquals("", shown.out());
    assertEquals(message, shown.err().lines().findFirst().orElse(""));
    assertTrue(shown.err().contains("\nusage: java -jar "), shown.err());
  }

  @Test
  void emptyValueOrNoPath_isRefusedWithTheUsage() {
    assertEquals(Main.USAGE, Shown.run("inspect", "--config", "", "--run", "b").code());
    assertEquals(Main.USAGE, Shown.run("inspect", "--config", "a\0", "--run", "b").code());
  }

  @Test
  void help_listsOptionsAndExitCodes() {
    for (Shown shown : new Shown[] {Shown.run("--help"), Shown.run("inspect", "--help")}) {
      assertEquals(Main.OK, shown.code());
      assertEquals("", shown.err());
      shown.has(
          "usage: java -jar", "--config FILE", "--run DIRECTORY", " 0 all", " 1 prob", " 2 the");
    }
  }

  @Test
  void version_isShown() {
    assertEquals(Main.OK, Shown.run("--version").code());
    Shown.run("--version").has("datastore-lookup ");
  }
}
