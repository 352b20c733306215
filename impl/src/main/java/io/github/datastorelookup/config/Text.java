package io.github.datastorelookup.config;

/** Character classes of the file format, which differ from those of {@link Character}. */
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

  /** Whether {@code text} holds nothing but whitespace. */
  static boolean isBlank(String text) {
    return skipWhitespace(text, 0) == text.length();
  }

  /** Whether {@code text} holds an ASCII control character, which parsing refuses. */
  static boolean hasAsciiControl(String text) {
    return text.chars().anyMatch(c -> c < 0x20 || c == 0x7F);
  }

  /** Whether {@code text} holds any Unicode control character, which writing refuses. */
  static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** Whether {@code text} holds an unpaired surrogate, which has no UTF-8 form. */
  static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** The number of Unicode code points in {@code text}. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
