package io.github.datastorelookup.oracle;

import io.github.datastorelookup.simulation.ClauseLines;
import io.github.datastorelookup.simulation.Trace;
import io.github.datastorelookup.simulation.Trace.Event;
import io.github.datastorelookup.simulation.Trace.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A run as a table for readers: a column for each thread, and a row for each access to shared
 * state. A row has the line and the clause that make the access, the value that was read or
 * written, and why another thread continues. Rows that repeat are shown once.
 */
public final class StoryTable {
  private static final int WIDEST = 90;

  /** The name of the clock's calls, which add nothing to the story. */
  private static final String CLOCK = "clock.";

  private final List<String> names;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();

  /** A row without its number: what it shows in the column of its thread. */
  private record Row(int thread, String where, String text, String why) {}

  private StoryTable(Trace trace, ClauseLines clauses) {
    names = trace.threads();
    String why = "";
    for (Event event : visible(trace)) {
      if (event.kind() == Kind.SWITCH) {
        why = event.what();
      } else if (event.thread() == Trace.NO_THREAD) {
        boolean raced = !rows.isEmpty();
        (raced ? after : before).add((raced ? "after   " : "before  ") + text(event));
      } else {
        rows.add(new Row(event.thread(), where(event, clauses), text(event), why));
        why = "";
      }
    }
  }

  /** The lines of the table. */
  public static List<String> lines(Trace trace) {
    StoryTable table = new StoryTable(trace, ClauseLines.ofThisLibrary());
    List<String> lines = new ArrayList<>(table.before);
    if (!table.rows.isEmpty()) {
      table.add(lines);
    }
    lines.addAll(table.after);
    return lines;
  }

  /** The events that other threads can see and that add to the story. */
  private static List<Event> visible(Trace trace) {
    List<Event> kept = new ArrayList<>(trace.events());
    kept.removeIf(
        event ->
            event.kind() == Kind.HEAP
                || event.what().startsWith(CLOCK)
                || (event.thread() == Trace.NO_THREAD && event.kind() != Kind.END));
    return kept;
  }

  private static String where(Event event, ClauseLines clauses) {
    return event.lines().isEmpty()
        ? ""
        : ("Protocol.java:" + event.lines().get(0) + " " + clauses.of(event.lines())).strip();
  }

  private void add(List<String> lines) {
    List<Integer> widths = widths();
    List<String> heads = new ArrayList<>(names);
    heads.add(0, "where");
    lines.add(line(" step", heads, widths) + " |");
    for (int i = 0; i < rows.size(); ) {
      Repeat repeat = Repeat.at(rows, i);
      int first = i + 1;
      for (Row row : rows.subList(i, i + repeat.length())) {
        i++;
        String line =
            line(String.format(Locale.ROOT, "%5d", i), cells(row), widths) + " | " + row.why();
        lines.add(line.stripTrailing());
      }
      if (repeat.times() > 1) {
        int last = i;
        i += repeat.saved();
        lines.add(
            String.format(
                Locale.ROOT,
                "  ... | steps %d-%d repeat %d times, until step %d",
                first,
                last,
                repeat.times() - 1,
                i));
      }
    }
  }

  private List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(Collections.nCopies(names.size() + 1, ""));
    cells.set(0, row.where());
    cells.set(row.thread() + 1, row.text());
    return cells;
  }

  /** The widths of all columns but that of the numbers. */
  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(List.of(0));
    names.forEach(name -> widths.add(name.length()));
    for (Row row : rows) {
      List<String> cells = cells(row);
      for (int i = 0; i < cells.size(); i++) {
        widths.set(i, Math.min(WIDEST, Math.max(widths.get(i), cells.get(i).length())));
      }
    }
    return widths;
  }

  /** One line, without the column of places if no row has one. */
  private static String line(String number, List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder(number);
    for (int i = widths.get(0) == 0 ? 1 : 0; i < cells.size(); i++) {
      line.append(" | ").append(cell(cells.get(i), widths.get(i)));
    }
    return line.toString();
  }

  private static String cell(String text, int width) {
    String fits = text.length() <= width ? text : text.substring(0, width - 2) + "..";
    return fits + " ".repeat(width - fits.length());
  }

  private static String text(Event event) {
    String result = event.result() == null ? "" : " => " + event.result();
    return switch (event.kind()) {
      case BEGIN -> event.what();
      case END, NOTE, SWITCH -> event.what() + result;
      case STEP, HEAP -> "  " + event.what() + result;
    };
  }
}
