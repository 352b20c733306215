package io.github.datastorelookup.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "inspect --config a --run b --json=x | option takes no value: --json=x",
        "inspect --json --config a --json --run b | option given twice: --json",
        "inspect --config= --run b | option without a value: --config",
        "inspect --config=a --config b --run b | option given twice: --config",
        "inspect --conf=a --run b | unknown option: --conf=a",
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
    for (Shown shown :
        List.of(Shown.run("--help"), Shown.run("inspect", "--help"), Shown.run("inspect", "-h"))) {
      assertEquals(Main.OK, shown.code());
      assertEquals("", shown.err());
      shown.has("usage: java -jar", "--config FILE", "--run DIRECTORY", "--json");
      shown.has(" 0 all", " 1 prob", " 2 the", " 3 the");
    }
  }

  @Test
  void value_behindAnEqualsSign_isTheSame(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("a=b.cfg"), "\n");
    Files.createDirectory(directory.resolve("run"));
    Shown.run("inspect", "--config=" + directory + "/a=b.cfg", "--run=" + directory + "/run").ok();
  }

  /** A script that keeps the report must not take half of one for all right. */
  @Test
  void outputThatCannotBeWritten_hasAnExitCodeOfItsOwn() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (String[] args : new String[][] {{"--help"}, {"--version"}, {"inspect", "-h"}}) {
      PrintStream full = new PrintStream(new FullDisk(), false, UTF_8);
      int code = Main.run(args, full, new PrintStream(err, true, UTF_8), Duration.ZERO);
      assertEquals(Main.OUTPUT, code);
    }
    assertTrue(err.toString(UTF_8).startsWith("the output could not be written\n"));
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("no space left on device");
    }
  }

  @Test
  void version_isShown() {
    assertEquals(Main.OK, Shown.run("--version").code());
    Shown.run("--version").has("datastore-lookup ");
  }
}
