package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kit's verdict on the port in JavaScript, on real files. It shares no code with this library,
 * so it shows that the pages in {@code docs} suffice to write the files.
 */
@Timeout(300)
@Tag("runner")
final class JsPortTest {
  private static final String JAVA =
      ProcessHandle.current().info().command().orElse("java")
          + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
          + System.getProperty("java.class.path")
          + "'";
  private static final String PORT = JAVA + " " + JsPort.class.getName();

  private static final String OWN_LOCK = "S1: a config lock file of its own";

  private final Path directory;
  private String said = "";

  JsPortTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Verdict run(String port, int programs) throws IOException {
    return judge(port, "model", programs);
  }

  private Verdict drive(String port, int programs) throws IOException {
    return judge(port, "driving", programs);
  }

  private Verdict judge(String port, String mode, int programs) throws IOException {
    List<String> args =
        List.of(
            "--port=" + port,
            "--only=" + mode,
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
  void drive_ofThePortInJavaScript_holds() throws IOException {
    assertEquals(Verdict.HOLDS, drive(PORT, 10), () -> said);
  }

  /** What only several processes at once show, by chance: beyond smoke, with a longer round. */
  @Test
  void drive_withAConfigLockOfItsOwn_isBroken() throws IOException {
    String right = "name === 'config' ? this.beside('.lck')";
    String text = text("files.js");
    assertTrue(text.contains(right), right);
    if (Budget.current() != Budget.SMOKE) {
      Path variant = directory.resolve("variant.js");
      Files.writeString(variant, text.replace(right, right.replace(".lck", ".own")), UTF_8);
      String port = JAVA + " -Djsport.files=" + variant + " " + JsPort.class.getName();
      long start = System.nanoTime();
      assertEquals(Verdict.BROKEN, drive(port, 200), () -> said);
      MistakeTable.found(OWN_LOCK, "driving", (System.nanoTime() - start) / 1e9);
    }
  }

  /** All of it, and in smoke the one that the seed draws. */
  private static <T> List<T> drawn(List<T> all) {
    int one = Math.floorMod(Seed.current(), all.size());
    return Budget.current() == Budget.SMOKE ? all.subList(one, one + 1) : all;
  }

  /** What no race shows, as its values are in no trace. */
  @Test
  void run_withAMistakeThatTheModelFinds_isBroken() throws IOException {
    List<ScriptMistake> mistakes = ScriptMistake.of("model");
    for (ScriptMistake mistake : drawn(mistakes)) {
      Path variant = Files.writeString(directory.resolve("variant.js"), mistake.script(), UTF_8);
      String port = JAVA + " -Djsport.script=" + variant + " " + JsPort.class.getName();
      long start = System.nanoTime();
      assertEquals(Verdict.BROKEN, run(port, 60), mistake::name);
      MistakeTable.found(mistake.name(), "model", (System.nanoTime() - start) / 1e9);
    }
    assertEquals(2, mistakes.size());
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

  /** A place in a script, and what stands there instead. */
  private record Place(String script, String right, String wrong) {}

  /** Mistakes in what the files are like, with which the port agrees with itself. */
  @Test
  void run_withAMistakeInTheFiles_doesNotHold() throws IOException {
    List<Place> places =
        List.of(
            new Place("files", "GENERATION_AT = 24", "GENERATION_AT = 32"),
            new Place("ledgers", "LEDGER_VERSION = 2", "LEDGER_VERSION = 3"),
            new Place("ledgers", "NAME_AT = 12", "NAME_AT = 16"),
            new Place("ledgers", "map, at, hex(CLOSED)", "map, at, hex(0n)"));
    for (Place each : drawn(places)) {
      String text = text(each.script() + ".js");
      int at = text.indexOf(each.right());
      assertTrue(at >= 0 && text.indexOf(each.right(), at + 1) < 0, () -> "not once: " + each);
      Path variant = directory.resolve("variant.js");
      Files.writeString(variant, text.replace(each.right(), each.wrong()), UTF_8);
      String property = " -Djsport." + each.script() + "=" + variant + " ";
      assertNotEquals(
          Verdict.HOLDS, run(JAVA + property + JsPort.class.getName(), 15), () -> each + said);
    }
  }

  private static String text(String script) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(JsPort.class.getResourceAsStream(script), script)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  @Test
  void table_ofThePage_hasEachMistake() throws IOException {
    Set<String> due = new TreeSet<>(Set.of("| " + OWN_LOCK + " | `driving`"));
    for (ScriptMistake each : ScriptMistake.all()) {
      due.add("| " + each.name() + " | `" + each.mode() + "`");
    }
    assertEquals(due, new TreeSet<>(MistakeTable.rows()));
  }
}
