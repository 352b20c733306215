package io.github.datastorelookup.verification.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A counterexample as text: its program, and the table of its steps.
 *
 * @param broken the invariant, or empty if the text names none
 * @param program the lines that {@code -Dreplay} reads
 * @param before what happened before the race
 * @param threads how many columns the table has
 * @param rows its rows
 * @param after what happened after the race
 */
record Story(
    String broken,
    List<String> program,
    List<String> before,
    int threads,
    List<Row> rows,
    List<String> after) {
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(processes|before|T\\d+|after|promise|victim|at the end|minimal|schedule): .*");
  private static final Pattern BROKEN = Pattern.compile("(INV-\\d+) broken|broken: \\[(INV-\\d+)");
  private static final String SEPARATOR = " | ";
  private static final String REPEATS = "  ... | ";

  /** The thread of a row that tells how often the rows above it repeat. */
  static final int NO_THREAD = -1;

  /**
   * A step.
   *
   * @param thread its thread, from 0; {@link #NO_THREAD} for a remark about the rows above it
   * @param clause the clause that it carries out; empty if the text has none
   * @param text what it did; an access to what threads share begins with blanks
   * @param why why this thread goes on here; empty if no other thread was in between
   */
  record Row(int thread, String clause, String text, String why) {
    /** Whether it is an access to what threads share. */
    boolean isStep() {
      return text.startsWith("  ");
    }
  }

  /** Copies the lists. */
  Story {
    program = List.copyOf(program);
    before = List.copyOf(before);
    rows = List.copyOf(rows);
    after = List.copyOf(after);
  }

  /** The first story in a text; none if it has no program. */
  static Optional<Story> in(String text) {
    Reader reader = new Reader();
    text.lines().forEach(reader::read);
    return reader.program.stream().anyMatch(line -> line.startsWith("processes: "))
        ? Optional.of(reader.story(text))
        : Optional.empty();
  }

  /** Whether a process is killed in it. */
  boolean kills() {
    return program.stream().anyMatch(line -> line.matches("schedule: .*\\bkill\\b.*"))
        || rows.stream().anyMatch(row -> row.text().contains("killed"))
        || before.stream().anyMatch(line -> line.contains("killed"));
  }

  private static final class Reader {
    private final List<String> program = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private boolean hasClauses;
    private boolean over;

    void read(String line) {
      over |= line.startsWith("processes: ") && !program.isEmpty(); // a cause repeats it
      if (over) {
        return;
      }
      if (PROGRAM.matcher(line).matches()) {
        program.add(line);
      } else if (line.startsWith("before  ")) {
        before.add(line.substring(8));
      } else if (line.startsWith("after   ")) {
        after.add(line.substring(8));
      } else if (line.startsWith(" step" + SEPARATOR) && columns.isEmpty()) {
        for (int at = line.indexOf(" |"); at >= 0; at = line.indexOf(" |", at + 1)) {
          columns.add(at);
        }
        hasClauses = line.startsWith(" step | where ");
      } else if (!columns.isEmpty() && line.matches(" *\\d+ \\|.*")) {
        row(line);
      } else if (line.startsWith(REPEATS)) {
        rows.add(new Row(NO_THREAD, "", line.substring(REPEATS.length()), ""));
      }
    }

    private int firstThread() {
      return hasClauses ? 1 : 0;
    }

    private void row(String line) {
      int last = columns.size() - 1;
      String why = cell(line, columns.get(last), line.length()).strip();
      String where = hasClauses ? cell(line, columns.get(0), columns.get(1)).strip() : "";
      String clause = where.replaceFirst("^\\S+ ?", "");
      for (int i = firstThread(); i < last; i++) {
        String cell = cell(line, columns.get(i), columns.get(i + 1)).stripTrailing();
        if (!cell.isBlank()) {
          rows.add(new Row(i - firstThread(), clause, cell, why));
        }
      }
    }

    private static String cell(String line, int from, int to) {
      int begin = Math.min(line.length(), from + SEPARATOR.length());
      return line.substring(begin, Math.max(begin, Math.min(line.length(), to)));
    }

    Story story(String text) {
      Matcher found = BROKEN.matcher(text);
      String broken = "";
      if (found.find()) {
        broken = found.group(1) == null ? found.group(2) : found.group(1);
      }
      int threads = Math.max(0, columns.size() - 1 - firstThread());
      return new Story(broken, program, before, threads, rows, after);
    }
  }
}
