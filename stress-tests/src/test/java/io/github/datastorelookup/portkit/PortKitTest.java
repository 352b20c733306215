package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit's verdict on this library, on wrong ports, and on what is no port. */
@Timeout(300)
@Tag("runner")
final class PortKitTest {
  private static final int SMOKE = 3;

  private static final String JAVA =
      ProcessHandle.current().info().command().orElse("java")
          + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
          + System.getProperty("java.class.path")
          + "' "
          + JavaPort.class.getName();

  private final Path directory;
  private String said = "";

  PortKitTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Verdict run(String port, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--port=" + port, "--seed=1"));
    args.add("--failure=" + directory.resolve("failure"));
    args.add("--report=" + directory.resolve("report"));
    if (!String.join(" ", more).contains("--only")) {
      args.add("--only=model");
    }
    args.addAll(List.of(more));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      return new PortKit(KitOptions.parse(args), out).run();
    } finally {
      said = bytes.toString(UTF_8);
    }
  }

  @Test
  void run_ofThisLibrary_holdsAndReportsWhatWasAnswered() throws IOException {
    assertEquals(Verdict.HOLDS, run(JAVA, "--programs=25"), () -> said);
    assertTrue(said.startsWith("port-kit model: holds: seed=1 programs=25 commands="), said);
    JsonNode all = new ObjectMapper().readTree(directory.resolve("report").toFile());
    assertEquals("holds", all.get("verdict").asText());
    JsonNode report = all.get("modes").get("model");
    assertEquals("holds", report.get("verdict").asText());
    assertEquals(25, report.get("programs").asInt());
    assertTrue(report.get("commands").asInt() > 500, report::toString);
    assertTrue(report.get("answers").get("Lookup").get("granted").asInt() > 20, report::toString);
  }

  /** All of them, and in smoke some that the seed draws. */
  static List<PortMistake> mistakes() {
    List<PortMistake> mistakes = new ArrayList<>(List.of(PortMistake.values()));
    if (Budget.current() == Budget.SMOKE) {
      Collections.shuffle(mistakes, new Random(Seed.current()));
      return mistakes.subList(0, SMOKE);
    }
    return mistakes;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void run_ofAWrongPort_isBroken(PortMistake mistake) throws IOException {
    Verdict verdict = run(JAVA + " " + mistake, "--programs=60", "--tries=0");
    assertEquals(Verdict.BROKEN, verdict, () -> said);
  }

  @Test
  void run_ofAWrongPort_tellsASmallProgramThatCanBeRunAgain() throws IOException {
    String wrong = JAVA + " " + PortMistake.DROP_FORGETS_THE_COUNT;
    assertEquals(Verdict.BROKEN, run(wrong, "--programs=60"), () -> said);
    Path failure = directory.resolve("failure");
    List<String> program = Files.readAllLines(failure);
    assertTrue(program.size() <= 4, () -> "" + program);
    assertTrue(said.contains("the word of p"), said);
    assertEquals(Verdict.BROKEN, run(wrong, "--replay=" + failure), () -> said);
    assertEquals(Verdict.HOLDS, run(JAVA, "--replay=" + failure), () -> said);
  }

  @Test
  void drive_ofWhatDoesNotBegin_isUnknown() throws IOException {
    assertEquals(Verdict.UNKNOWN, run("false", "--only=driving"), () -> said);
    assertTrue(said.contains("the port did not begin"), said);
  }

  /** None of these is a verdict on a port. */
  @ParameterizedTest
  @CsvSource({
    "false, the port ended",
    "cat, opens no registry",
    "no-such-command-here, exit code 127",
    "sleep 60, no answer within 1 s",
    "'while read line; do echo oops; done', answers no JSON"
  })
  void run_ofNoPort_isUnknownWithTheReason(String command, String reason) throws IOException {
    String shell = command.startsWith("while") ? "sh -c '" + command + "'" : command;
    assertEquals(Verdict.UNKNOWN, run(shell, "--patience=1"), () -> said);
    assertTrue(said.contains("the port did not begin: ") && said.contains(reason), said);
  }

  @Test
  void run_ofTooFewPrograms_isUnknown() throws IOException {
    assertEquals(Verdict.UNKNOWN, run(JAVA, "--programs=1"), () -> said);
    assertTrue(said.contains("too few kinds of answers"), said);
  }

  @ParameterizedTest
  @CsvSource({
    "--prot=x, unknown option: --prot=x",
    "--seed, no value: --seed",
    "--port=a --seed=x, no number: --seed=x",
    "--port=a --programs=9999999, too large: --programs=9999999",
    "--port=a --port=b, given twice: --port=b",
    "--seed=1, which port?"
  })
  void parse_ofAWrongCommandLine_isRefusedWithIt(String line, String reason) {
    List<String> args = List.of(line.split(" ", -1));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> KitOptions.parse(args));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(reason), refused::toString);
  }

  @Test
  void replay_ofAHistory_judgesIt() throws IOException {
    Path history = Files.createDirectory(directory.resolve("history"));
    String[] calls = {"SAVE_START 1", "SAVE_OK 1", "LOOKUP_START READ", "GRANT READ 1"};
    assertEquals(Verdict.HOLDS, judge(history, calls));
    calls[3] = "GRANT READ 0";
    assertEquals(Verdict.BROKEN, judge(history, calls));
  }

  /** An empty history would hold. */
  @Test
  void replay_ofAFolderWithoutLogs_isRefused() throws IOException {
    Path history = Files.createDirectory(directory.resolve("none"));
    assertThrows(NoSuchFileException.class, () -> judge(history));
  }

  private static Verdict judge(Path history, String... calls) throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < calls.length; i++) {
      String[] call = calls[i].split(" ", 2);
      log.append(
          String.format(
              Locale.ROOT,
              "{\"at\":%d,\"thread\":0,\"event\":\"%s\",\"id\":%d,\"name\":\"st1\",\"detail\":\"%s\"}\n",
              i,
              call[0],
              i / 2,
              call[1]));
    }
    Files.writeString(history.resolve("worker-0-1.log"), log);
    try (PrintStream out = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8)) {
      return new PortKit(KitOptions.parse(List.of("--replay=" + history)), out).run();
    }
  }
}
