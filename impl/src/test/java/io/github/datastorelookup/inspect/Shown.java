package io.github.datastorelookup.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run of the command showed.
 *
 * @param code exit code
 * @param out standard output, with single spaces
 * @param err standard error
 */
record Shown(int code, String out, String err) {
  /** Inspects {@code datastore.cfg} and {@code run} in this directory. */
  static Shown inspect(Path directory) {
    InspectJson.requireValid(run(arguments(directory, "--json")));
    return run(arguments(directory));
  }

  /** How to inspect this directory, with more options. */
  static String[] arguments(Path directory, String... options) {
    List<String> all = new ArrayList<>(List.of("inspect"));
    all.add("--config=" + directory.resolve("datastore.cfg"));
    all.addAll(List.of("--run", directory.resolve("run").toString()));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  static Shown run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Duration.ofMillis(200));
    return new Shown(code, out.toString(UTF_8).replaceAll(" +", " "), err.toString(UTF_8));
  }

  /** The line that starts so. */
  String line(String start) {
    List<String> found =
        out.lines().map(String::strip).filter(line -> line.startsWith(start)).toList();
    assertEquals(1, found.size(), "lines that start with '" + start + "' in:\n" + out);
    return found.get(0);
  }

  String lastLine() {
    return out.lines().reduce("", (first, last) -> last);
  }

  Shown has(String... parts) {
    for (String part : parts) {
      assertTrue(out.contains(part), "'" + part + "' is not in:\n" + out);
    }
    return this;
  }

  Shown hasNot(String part) {
    assertFalse(out.contains(part), "'" + part + "' is in:\n" + out);
    return this;
  }

  /** All right. */
  Shown ok() {
    assertEquals(Main.OK, code, out);
    assertEquals("ok", lastLine());
    return this;
  }

  /** Not all right; the last line is this. */
  Shown problems(String summary) {
    assertEquals(Main.PROBLEMS, code, out);
    assertEquals(summary, lastLine(), out);
    return this;
  }
}
