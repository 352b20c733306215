package io.github.datastorelookup.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A property that holds several values: {@code key=value} pairs, separated by commas.
 *
 * <p>A value that starts with a double quote ends at the next one and may hold commas; in it {@code
 * \"}, {@code \\} and {@code \n} stand for a quote, a backslash and a line feed. Anywhere else a
 * quote or a backslash means itself. A value without a key belongs to the default key, if there is
 * one. A comma at the end is ignored; blanks are part of keys and values.
 */
final class PropertyString {
  /** One pair; the key is null if omitted. */
  record Pair(@Nullable String key, String value) {}

  /**
   * The most pairs: a hundred times what any property has. Commas alone would else cost some 60
   * times their size in memory.
   */
  static final int MAX_PAIRS = 1000;

  private final String text;
  private int at;

  private PropertyString(String text) {
    this.text = text;
  }

  /** The pairs of {@code text} in order, duplicates included. */
  static List<Pair> parse(String text) throws InvalidValueException {
    PropertyString reader = new PropertyString(text);
    List<Pair> pairs = new ArrayList<>();
    while (reader.at < text.length()) {
      if (pairs.size() == MAX_PAIRS) {
        throw new InvalidValueException("property string has more than " + MAX_PAIRS + " values");
      }
      pairs.add(reader.next());
    }
    return Collections.unmodifiableList(pairs);
  }

  /** {@code value} in the form that may follow an equals sign: quoted only if necessary. */
  static String quote(String value) {
    boolean plain =
        value
            .chars()
            .noneMatch(c -> c == '"' || c == ',' || c == '\\' || Text.isWhitespace((char) c));
    if (plain) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private Pair next() throws InvalidValueException {
    @Nullable String key = null;
    if (text.charAt(at) != '"') {
      int stop = at;
      while (stop < text.length() && text.charAt(stop) != ',' && text.charAt(stop) != '=') {
        stop++;
      }
      if (stop < text.length() && text.charAt(stop) == '=') {
        key = text.substring(at, stop);
        at = stop + 1;
      }
    }
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    return new Pair(key, quoted ? quotedValue() : plainValue());
  }

  private String plainValue() {
    int comma = text.indexOf(',', at);
    int end = comma < 0 ? text.length() : comma;
    String value = text.substring(at, end);
    at = comma < 0 ? end : end + 1;
    return value;
  }

  private String quotedValue() throws InvalidValueException {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      value.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw new InvalidValueException("unexpected end of string");
    }
    at++;
    if (at < text.length() && text.charAt(at++) != ',') {
      throw new InvalidValueException("garbage after quoted string");
    }
    return value.toString();
  }

  private char escaped() throws InvalidValueException {
    if (at == text.length()) {
      throw new InvalidValueException("unexpected end of string");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      default -> throw new InvalidValueException("unsupported escape sequence");
    };
  }
}
