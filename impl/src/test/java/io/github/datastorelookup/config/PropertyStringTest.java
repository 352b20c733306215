package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.config.PropertyString.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyStringTest {
  private static Pair pair(@Nullable String key, String value) {
    return new Pair(key, value);
  }

  @Test
  void parse_ofPlainPairs_keepsTheirOrderAndDuplicates() throws Exception {
    assertEquals(
        List.of(pair(null, "x"), pair("b", "1"), pair("a", "2"), pair("b", "")),
        PropertyString.parse("x,b=1,a=2,b="));
  }

  @Test
  void parse_ofQuotedValues_takesCommasAndEscapes() throws Exception {
    assertEquals(
        List.of(pair(null, "a,b"), pair("k", "q\" b\\ n\n="), pair("l", "")),
        PropertyString.parse("\"a,b\",k=\"q\\\" b\\\\ n\\n=\",l=\"\""));
  }

  @Test
  void parse_ofAQuotedValueWithoutKey_takesEqualsSignsForPartsOfIt() throws Exception {
    assertEquals(
        List.of(pair(null, "a=b"), pair(null, "=,"), pair("k", "\"")),
        PropertyString.parse("\"a=b\",\"=,\",k=\"\\\"\""));
  }

  @Test
  void quote_ofAValueThatCanStandAlone_leavesIt() {
    for (String plain : List.of("", "x", "a=b", "100%", "é")) {
      assertEquals(plain, PropertyString.quote(plain));
    }
    assertEquals("\"a b\"", PropertyString.quote("a b"));
    assertEquals("\"a,b\"", PropertyString.quote("a,b"));
    assertEquals("\"a\\\"b\"", PropertyString.quote("a\"b"));
    assertEquals("\"a\\\\b\"", PropertyString.quote("a\\b"));
    assertEquals("\"a\\nb\"", PropertyString.quote("a\nb"));
  }

  @Test
  void parse_ofAQuoteOrBackslashInsideAPlainValue_keepsThem() throws Exception {
    assertEquals(
        List.of(pair("k", "a\"b\\n"), pair("l\"", "=")), PropertyString.parse("k=a\"b\\n,l\"=="));
  }

  @Test
  void parse_ofMoreThanTheMostPairs_isRefused() throws Exception {
    String most = "x,".repeat(PropertyString.MAX_PAIRS);
    assertEquals(PropertyString.MAX_PAIRS, PropertyString.parse(most).size());
    InvalidValueException refused =
        assertThrows(InvalidValueException.class, () -> PropertyString.parse(most + ","));
    assertEquals("property string has more than 1000 values", refused.reason());
  }

  @Test
  void parse_ofACommaAtTheEnd_ignoresIt() throws Exception {
    assertEquals(List.of(pair(null, "x")), PropertyString.parse("x,"));
    assertEquals(List.of(pair(null, "x")), PropertyString.parse("\"x\","));
    assertEquals(List.of(), PropertyString.parse(""));
    assertEquals(List.of(pair(null, "")), PropertyString.parse(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"x|unexpected end of string",
        "k=\"x\\|unexpected end of string",
        "k=\"x\\\"|unexpected end of string",
        "\"x\"y|garbage after quoted string",
        "k=\"\"x|garbage after quoted string",
        "k=\"\\t\"|unsupported escape sequence"
      })
  void parse_ofABrokenQuotedValue_saysWhatIsWrong(String text, String reason) {
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> PropertyString.parse(text));
    assertEquals(reason, e.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a b", "a,b", "\"", "\\", "a\nb", "a=b", "\u00A0", "é%"})
  void quote_ofAnyValue_isReadBackAsTheSame(String value) throws Exception {
    assertEquals(
        List.of(pair("k", value), pair("l", "")),
        PropertyString.parse("k=" + PropertyString.quote(value) + ",l="));
  }
}
