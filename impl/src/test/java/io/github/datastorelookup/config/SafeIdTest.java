package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "A.b-c_d", "_x9", "123", "a..", "a--", "___"})
  void isValid_ofASafeId_isTrue(String id) {
    assertTrue(SafeId.isValid(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ab", "...", "..", ".abc", "-abc", "a b", " abc", "abc ", "abc\n"})
  void isValid_ofATooShortOrMisplacedCharacter_isFalse(String id) {
    assertFalse(SafeId.isValid(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../etc", "a/../b", "a/b", "/abc", "abc/", "a\\b", "abc\0", "a:b", "a%2fb"})
  void isValid_ofAPathInDisguise_isFalse(String id) {
    assertFalse(SafeId.isValid(id));
  }

  /**
   * Cyrillic a, full-width a, Arabic digit, long s, Kelvin sign, accent, zero width space, emoji.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0430bc",
        "\uFF41bc",
        "ab\u0661",
        "ab\u017F",
        "ab\u212A",
        "ab\u00E9",
        "ab\u200Bc",
        "abc\uD83D\uDE00"
      })
  void isValid_ofAUnicodeLookAlike_isFalse(String id) {
    assertFalse(SafeId.isValid(id));
  }

  @Test
  void isValid_ofEachAsciiCharacter_takesThoseOfThePatternOnly() {
    String word = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    for (char c = 0; c < 0x80; c++) {
      assertEquals(word.indexOf(c) >= 0, SafeId.isValid(c + "bc"));
      assertEquals((word + ".-").indexOf(c) >= 0, SafeId.isValid("a" + c + "c"));
      assertEquals((word + ".-").indexOf(c) >= 0, SafeId.isValid("ab" + c));
    }
  }

  @Test
  void check_ofASafeId_letsItThrough_andOfAnyOtherNamesIt() {
    assertEquals("store1", SafeId.check("store1"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SafeId.check("../x"));
    assertEquals(
        "not a safe id: name='../x': value does not match the regex pattern", e.getMessage());
  }

  @Test
  void isValid_at32And33Characters_turnsFalse() {
    assertTrue(SafeId.isValid("a".repeat(32)));
    assertFalse(SafeId.isValid("a".repeat(33)));
  }

  @Test
  void fault_ofCharactersOutsideTheBasicPlane_countsEachOnce() {
    assertEquals("value does not match the regex pattern", SafeId.fault("\uD83D\uDE00".repeat(32)));
    assertEquals(
        "value must be at least 3 characters long", SafeId.fault("\uD83D\uDE00".repeat(2)));
  }
}
