package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  /** Asks the JDK's table of Unicode properties about each character there is. */
  @Test
  void isWhitespace_ofEachCharacter_isUnicodesWhiteSpace() {
    Predicate<String> unicode = Pattern.compile("\\p{IsWhite_Space}").asMatchPredicate();
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      assertEquals(
          unicode.test(String.valueOf(c)), Text.isWhitespace(c), Integer.toHexString(c) + " hex");
    }
  }

  @Test
  void hasControl_ofEachCharacter_isThePosixClassOrUnicodesCategory() {
    Predicate<String> ascii = Pattern.compile("\\p{Cntrl}").asMatchPredicate();
    Predicate<String> any = Pattern.compile("\\p{gc=Cc}").asMatchPredicate();
    for (char c = 0; c < 0x3000; c++) {
      String text = String.valueOf(c);
      assertEquals(ascii.test(text), Text.hasAsciiControl("a" + c + "b"), Integer.toHexString(c));
      assertEquals(any.test(text), Text.hasControl("a" + c + "b"), Integer.toHexString(c));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "\uDBFF", "\uDC00", "\uDFFF", "a\uDC00\uD800b", "\uD83D"})
  void hasLoneSurrogate_ofHalfAPair_isTrue(String text) {
    assertTrue(Text.hasLoneSurrogate(text));
    assertTrue(Text.hasLoneSurrogate("x" + text));
    assertTrue(Text.hasLoneSurrogate(text + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\uD7FF", "\uE000", "\uD83D\uDE00", "\uD800\uDC00\uDBFF\uDFFF"})
  void hasLoneSurrogate_ofWholeCharacters_isFalse(String text) {
    assertFalse(Text.hasLoneSurrogate(text));
  }

  @Test
  void trim_ofAnyText_takesWhitespaceFromBothEndsOnly() {
    assertEquals("a \t b", Text.trim(" \t\u00A0a \t b\u3000\r\n"));
    assertEquals("", Text.trim(" \t "));
    assertEquals("", Text.trim(""));
    assertEquals("\u001F", Text.trim("\u001F"));
  }

  @Test
  void skipWhitespace_fromTheMiddle_stopsAtTheNextOtherCharacter() {
    assertEquals(4, Text.skipWhitespace("a \t b", 1));
    assertEquals(0, Text.skipWhitespace("a \t b", 0));
    assertEquals(3, Text.skipWhitespace("a  ", 1));
    assertTrue(Text.isBlank(" \u2028"));
    assertFalse(Text.isBlank(" x "));
  }
}
