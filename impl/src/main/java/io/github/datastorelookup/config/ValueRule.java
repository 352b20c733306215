package io.github.datastorelookup.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rule for the value of one property, and the form in which it is stored. */
@FunctionalInterface
interface ValueRule {
  /** Returns the form of {@code value} that is stored and written. */
  String normalize(String value) throws InvalidValueException;

  /** Anything at all. */
  static ValueRule any() {
    return value -> value;
  }

  /** A text of {@code min} to {@code max} characters of any kind. */
  static ValueRule text(int min, int max) {
    return value -> {
      int length = Text.length(value);
      if (length < min) {
        throw new InvalidValueException("value must be at least " + min + " characters long");
      }
      if (length > max) {
        throw new InvalidValueException("value may only be " + max + " characters long");
      }
      return value;
    };
  }

  /** A text of at most {@code max} characters without ASCII control characters. */
  static ValueRule line(int max) {
    return value -> {
      text(0, max).normalize(value);
      return matching(value, !Text.hasAsciiControl(value));
    };
  }

  /** The name of a datastore. */
  static ValueRule safeId() {
    return value -> {
      @Nullable String fault = SafeId.fault(value);
      if (fault != null) {
        throw new InvalidValueException(fault);
      }
      return value;
    };
  }

  /** A UUID in lower case: 32 digits in groups of 8, 4, 4, 4 and 12. */
  static ValueRule uuid() {
    return value -> {
      boolean matches = value.length() == 36;
      for (int i = 0; matches && i < 36; i++) {
        char c = value.charAt(i);
        boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
        matches = dash ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      }
      return matching(value, matches);
    };
  }

  /**
   * A calendar event such as {@code mon..fri 02:30}. This library does not interpret it, so the
   * rule only refuses characters that no event can hold: any but ASCII letters and digits, blanks
   * and {@code *:,./-~_+}.
   */
  static ValueRule calendarEvent() {
    return value -> {
      boolean possible =
          value
              .chars()
              .allMatch(
                  c ->
                      (c >= 'a' && c <= 'z')
                          || (c >= 'A' && c <= 'Z')
                          || (c >= '0' && c <= '9')
                          || " \t*:,./-~_+".indexOf(c) >= 0);
      if (!possible) {
        throw new InvalidValueException("unable to parse calendar event");
      }
      return value;
    };
  }

  /** A flag; stored as {@code true} or {@code false}. */
  static ValueRule flag() {
    return value ->
        // Not equalsIgnoreCase: it would accept U+017F as an s.
        switch (value.toLowerCase(Locale.ROOT)) {
          case "1", "on", "yes", "true" -> "true";
          case "0", "off", "no", "false" -> "false";
          default ->
              throw new InvalidValueException(
                  "Unable to parse boolean option.", "not a boolean: \"" + value + '"');
        };
  }

  /** An integer of {@code min} to {@code max}; stored without a plus sign or leading zeros. */
  static ValueRule integer(long min, long max) {
    return value -> {
      long number = Integers.parse(value);
      if (number < min) {
        throw new InvalidValueException(
            "value must have a minimum value of " + min + " (got " + number + ")");
      }
      if (number > max) {
        throw new InvalidValueException(
            "value must have a maximum value of " + max + " (got " + number + ")");
      }
      return Long.toString(number);
    };
  }

  /** A property string; only its syntax is checked. */
  static ValueRule propertyString() {
    return value -> {
      PropertyString.parse(value);
      return value;
    };
  }

  /**
   * A property string with known keys; stored unchanged.
   *
   * @param parts the known keys
   * @param defaultKey the key of a value without one, which is then required; null for none
   */
  static ValueRule propertyString(Map<String, ValueRule> parts, @Nullable String defaultKey) {
    return value -> {
      List<String> faults = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      List<PropertyString.Pair> pairs = PropertyString.parse(value);
      for (PropertyString.Pair pair : pairs) {
        String key = pair.key() != null ? pair.key() : defaultKey;
        if (key == null) {
          throw new InvalidValueException(
              "value without key, but schema does not define a default key");
        }
        @Nullable String fault = partFault(parts.get(key), pair.value(), seen.add(key));
        if (fault != null) {
          faults.add("'" + key + "': " + fault);
        }
      }
      if (defaultKey != null && !seen.contains(defaultKey)) {
        faults.add("'" + defaultKey + "': property is missing and it is not optional");
      }
      if (!faults.isEmpty()) {
        String list = faults.size() == 1 ? " - " : ":\n- ";
        throw new InvalidValueException(
            "parameter verification failed" + list + String.join("\n- ", faults));
      }
      return value;
    };
  }

  private static @Nullable String partFault(
      @Nullable ValueRule rule, String value, boolean firstOfItsKey) {
    if (rule == null) {
      return "schema does not allow additional properties";
    }
    if (!firstOfItsKey) {
      return "duplicate key";
    }
    try {
      rule.normalize(value);
      return null;
    } catch (InvalidValueException e) {
      return e.nestedReason();
    }
  }

  private static String matching(String value, boolean matches) throws InvalidValueException {
    if (!matches) {
      throw new InvalidValueException("value does not match the regex pattern");
    }
    return value;
  }
}
