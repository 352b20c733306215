package io.github.datastorelookup.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of a history: what one thread of one process did to one datastore.
 *
 * @param source the log that contains it
 * @param number its number in that log, from 1
 * @param at {@link System#nanoTime()}, on Linux the same clock for all processes
 * @param thread the number of the thread in its process
 * @param event what happened
 * @param id the call, or the handle, that lines of one log share
 * @param name the datastore
 * @param detail depends on the event; may be empty
 */
public record LogLine(
    String source,
    int number,
    long at,
    int thread,
    Event event,
    long id,
    String name,
    String detail) {
  private static final int FIELDS = 6;

  /** The line as it is written, without source and number. */
  static String format(long at, int thread, Event event, long id, String name, String detail) {
    return at + " " + thread + " " + event + " " + id + " " + name + " " + detail + "\n";
  }

  /**
   * Reads a log. Ignores the text after the last line feed: a process killed in {@code write(2)}
   * leaves half a line, and never does what the line announces.
   */
  public static List<LogLine> parse(String source, String text) {
    List<LogLine> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(parse(source, lines.size() + 1, text.substring(from, end)));
      from = end + 1;
    }
    return lines;
  }

  private static LogLine parse(String source, int number, String line) {
    String[] field = line.split(" ", FIELDS);
    if (field.length != FIELDS) {
      throw new IllegalArgumentException(
          "not a line of a history: " + source + ":" + number + ": " + line);
    }
    return new LogLine(
        source,
        number,
        Long.parseLong(field[0]),
        Integer.parseInt(field[1]),
        Event.valueOf(field[2]),
        Long.parseLong(field[3]),
        field[4].intern(), // few distinct words in very many lines
        field[5].intern());
  }

  /** The detail as a number. */
  long sequence() {
    return Long.parseLong(detail);
  }

  /** The word of the detail at this index. */
  String word(int index) {
    return detail.split(" ", -1)[index];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s:%d at=%d.%09d thread=%d %s id=%d %s %s",
        source,
        number,
        at / 1_000_000_000,
        at % 1_000_000_000,
        thread,
        event,
        id,
        name,
        detail);
  }
}
