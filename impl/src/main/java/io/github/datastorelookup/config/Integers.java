package io.github.datastorelookup.config;

/**
 * Parses 64-bit integers. {@link Long#parseLong(String)} accepts digits of any script, and does not
 * distinguish a malformed number from one that is too large.
 */
final class Integers {
  private Integers() {}

  static long parse(String value) throws InvalidValueException {
    if (value.isEmpty()) {
      throw unreadable("cannot parse integer from empty string", value);
    }
    int start = value.charAt(0) == '-' || value.charAt(0) == '+' ? 1 : 0;
    boolean digits = start < value.length();
    for (int i = start; digits && i < value.length(); i++) {
      digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    if (!digits) {
      throw unreadable("invalid digit found in string", value);
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      String size = value.charAt(0) == '-' ? "small" : "large";
      throw unreadable("number too " + size + " to fit in target type", value);
    }
  }

  private static InvalidValueException unreadable(String reason, String value) {
    return new InvalidValueException(reason, "not an integer: \"" + value + '"');
  }
}
