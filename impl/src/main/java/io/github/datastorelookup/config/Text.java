package io.github.datastorelookup.config;

/** Classes of characters as the file format has them, which are not those of {@link Character}. */
final class Text {
  private Text() {}

  /**
   * Unicode's property White_Space. {@link Character#isWhitespace(char)} leaves out the no-break
   * spaces and the next-line character, and adds U+001C to U+001F.
   */
  static boolean isWhitespace(char c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }
    return c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** {@code text} without whitespace at its start and its end. */
  static String trim(String text) {
    int start = skipWhitespace(text, 0);
    int end = text.length();
    while (end > start && isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The index of the first character at or after {@code from} that is not whitespace. */
  static int skipWhitespace(String text, int from) {
    int i = from;
    while (i < text.length() && isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether nothing but whitespace is in {@code text}. */
  static boolean isBlank(String text) {
    return skipWhitespace(text, 0) == text.length();
  }

  /** Whether an ASCII control character is in {@code text}; this is what reading refuses. */
  static boolean hasAsciiControl(String text) {
    return text.chars().anyMatch(c -> c < 0x20 || c == 0x7F);
  }

  /** Whether any Unicode control character is in {@code text}; this is what writing refuses. */
  static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** Whether half of a surrogate pair stands alone in {@code text}: no UTF-8 can hold it. */
  static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** How many characters {@code text} has, counted as Unicode counts them. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
