package io.github.datastorelookup.inspect;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON of maps, collections, strings, numbers, booleans and null; ASCII, two spaces deep.
 */
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /** The text of this value, which ends with a line feed. */
  static String of(Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.out.append('\n').toString();
  }

  private void value(@Nullable Object value, String line) {
    if (value instanceof Map<?, ?> map) {
      String next = "";
      out.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(next).append(line).append("  ");
        string(String.valueOf(entry.getKey()));
        out.append(": ");
        value(entry.getValue(), line + "  ");
        next = ",";
      }
      out.append(map.isEmpty() ? "" : line).append('}');
    } else if (value instanceof Collection<?> all) {
      String next = "";
      out.append('[');
      for (Object each : all) {
        out.append(next).append(line).append("  ");
        value(each, line + "  ");
        next = ",";
      }
      out.append(all.isEmpty() ? "" : line).append(']');
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      string(value.toString());
    }
  }

  /** Escapes all but printable ASCII, so that no encoding and no terminal changes the text. */
  private void string(String text) {
    out.append('"');
    text.chars().forEach(this::character);
    out.append('"');
  }

  private void character(int c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append((char) c);
    } else if (c < ' ' || c > '~') {
      out.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else {
      out.append((char) c);
    }
  }
}
