package io.github.datastorelookup.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
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
  private static final ObjectReader JSON = new ObjectMapper().reader();

  /** The line as it is written: one object, without source and number. */
  static String format(long at, int thread, Event event, long id, String name, String detail) {
    JsonStringEncoder text = JsonStringEncoder.getInstance();
    return String.format(
        Locale.ROOT,
        "{\"at\":%d,\"thread\":%d,\"event\":\"%s\",\"id\":%d,\"name\":\"%s\",\"detail\":\"%s\"}\n",
        at,
        thread,
        event,
        id,
        new String(text.quoteAsString(name)),
        new String(text.quoteAsString(detail)));
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
    try {
      JsonNode fields = JSON.readTree(line);
      return new LogLine(
          source,
          number,
          fields.required("at").longValue(),
          fields.required("thread").intValue(),
          Event.valueOf(fields.required("event").asText()),
          fields.required("id").longValue(),
          fields.required("name").asText().intern(), // few distinct words in very many lines
          fields.required("detail").asText().intern());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a line of a history: " + source + ":" + number + ": " + line, e);
    }
  }

  /** The call of this line, or the handle that it is about. */
  CallId call() {
    return new CallId(source, id);
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
