package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodeTest {
  @Test
  void decode_ofEachByteOfAscii_isThatCharacter() {
    for (int c = 0; c < 0x80; c++) {
      String shown = "a" + (char) c + "b";
      assertEquals(shown, PercentCode.decode(String.format(Locale.ROOT, "a%%%02xb", c)));
      assertEquals(shown, PercentCode.decode(String.format(Locale.ROOT, "a%%%02Xb", c)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "a%", "%4", "%g0", "%0g", "%/0", "%0:", "%\u0000\u0000", "%\uFF14\uFF11"})
  void decode_ofAPercentSignWithoutTwoDigits_leavesIt(String text) {
    assertEquals(text, PercentCode.decode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "%41", "100 % é", "%%25%"})
  void encode_ofAnyText_isDecodedAsTheSame(String text) {
    assertEquals(text, PercentCode.decode(PercentCode.encode(text)));
  }
}
