package io.github.datastorelookup.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.faults.EachStepTest.Fault;
import io.github.datastorelookup.faults.EachStepTest.Operations;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What callers get when a call of a port fails with an I/O error: the table of {@code
 * docs/reference/faults.md} is what runs. With {@code -Dfaults.write=true} it is rewritten.
 */
@Timeout(120)
@Tag("golden")
class StepTableTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "faults.md");
  private static final String BEGIN = "<!-- generated: steps -->\n";
  private static final String END = "<!-- end of steps -->\n";

  /** By call, how many operations it failed in, and what they threw: before and after it. */
  private static final class Row {
    final TreeSet<String> before = new TreeSet<>();
    final TreeSet<String> afterwards = new TreeSet<>();
    final TreeSet<Operations> operations = new TreeSet<>();
  }

  @Test
  void faultsTable_isWhatCallersGet() throws Exception {
    Map<String, Row> rows = new TreeMap<>();
    for (Operations operation : Operations.values()) {
      failEachStep(operation, Fault.IO, rows);
      failEachStep(operation, Fault.IO_AFTERWARDS, rows);
    }
    String page = Files.readString(PAGE, UTF_8);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String found = page.substring(0, begin) + table(rows) + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("faults.write")) {
      Files.writeString(PAGE, found);
    } else {
      assertEquals(found, page, "run with -Dfaults.write=true, and read the difference");
    }
  }

  private static void failEachStep(Operations operation, Fault fault, Map<String, Row> rows)
      throws Exception {
    for (int nth = 1; ; nth++) {
      StepRun run = new StepRun(operation, nth, fault);
      if (!run.fails()) {
        return;
      }
      Method call = run.failedCall();
      if (call != null) {
        String name = call.getDeclaringClass().getSimpleName() + "." + call.getName();
        Row row = rows.computeIfAbsent(name, key -> new Row());
        row.operations.add(operation);
        (fault == Fault.IO ? row.before : row.afterwards).add(answer(run.thrown()));
      }
    }
  }

  private static String answer(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "nothing";
    }
    String name = "`" + thrown.getClass().getSimpleName() + "`";
    return thrown instanceof DatastoreException ? name : name + " of the call";
  }

  private static String table(Map<String, Row> rows) {
    StringBuilder table =
        new StringBuilder(
            """
            | the call that fails | in operations | the caller gets | if it took effect |
            |---|---|---|---|
            """);
    rows.forEach(
        (call, row) ->
            table
                .append("| `" + call + "` | " + row.operations.size() + " | ")
                .append(answers(row.before) + " | " + answers(row.afterwards) + " |\n"));
    return table.toString();
  }

  private static String answers(Set<String> thrown) {
    return thrown.isEmpty() ? "-" : String.join(", ", thrown);
  }
}
