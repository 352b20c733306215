package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRuleTest {
  private static final String NO_MATCH = "value does not match the regex pattern";
  private static final String UUID = "09af0000-1234-4abc-9def-0123456789ab";

  private static InvalidValueException fault(ValueRule rule, String value) {
    return assertThrows(InvalidValueException.class, () -> rule.normalize(value), value);
  }

  private static void keeps(ValueRule rule, String value) throws InvalidValueException {
    assertEquals(value, rule.normalize(value));
  }

  @Test
  void any_ofAnything_keepsIt() throws Exception {
    keeps(ValueRule.any(), "");
    keeps(ValueRule.any(), "a\u0000 \" ,=");
  }

  @Test
  void text_atItsBounds_keepsWhatIsWithin() throws Exception {
    ValueRule rule = ValueRule.text(2, 3);
    keeps(rule, "ab");
    keeps(rule, "a\u0007\uD83D\uDE00");
    assertEquals("value must be at least 2 characters long", fault(rule, "a").reason());
    assertEquals("value may only be 3 characters long", fault(rule, "abcd").reason());
  }

  @Test
  void line_ofAControlCharacter_isRefused() throws Exception {
    ValueRule rule = ValueRule.line(3);
    keeps(rule, "");
    keeps(rule, "\u0080é~");
    assertEquals("value may only be 3 characters long", fault(rule, "abcd").reason());
    for (String control : new String[] {"\u0000", "\n", "\u001F", "\u007F"}) {
      assertEquals(NO_MATCH, fault(rule, control).reason());
    }
  }

  @Test
  void safeId_ofAName_keepsItOrSaysTheFault() throws Exception {
    keeps(ValueRule.safeId(), "store1");
    assertEquals(NO_MATCH, fault(ValueRule.safeId(), "-ab").reason());
  }

  /** One wrong character at each place, also one that is right elsewhere. */
  @Test
  void uuid_withAWrongCharacterAnywhere_isRefused() throws Exception {
    keeps(ValueRule.uuid(), UUID);
    for (int place = 0; place < UUID.length(); place++) {
      boolean dash = UUID.charAt(place) == '-';
      for (String wrong : dash ? new String[] {"0", "_"} : new String[] {"-", "g", "A", "/", ":"}) {
        String value = UUID.substring(0, place) + wrong + UUID.substring(place + 1);
        assertEquals(NO_MATCH, fault(ValueRule.uuid(), value).reason());
      }
    }
    fault(ValueRule.uuid(), UUID.substring(1));
    fault(ValueRule.uuid(), UUID + "0");
    fault(ValueRule.uuid(), "");
    fault(ValueRule.uuid(), UUID.replace('a', '`'));
  }

  @Test
  void calendarEvent_ofEachAsciiCharacter_takesThoseThatEventsHaveOnly() throws Exception {
    String possible = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t*:,./-~_+";
    for (char c = 0; c < 0x100; c++) {
      String value = "mon " + c;
      if (possible.indexOf(c) >= 0) {
        keeps(ValueRule.calendarEvent(), value);
      } else {
        assertEquals(
            "unable to parse calendar event", fault(ValueRule.calendarEvent(), value).reason());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, true", "on, true", "YES, true", "True, true",
    "0, false", "off, false", "No, false", "FALSE, false"
  })
  void flag_ofEachSpelling_isNormalized(String value, String kept) throws Exception {
    assertEquals(kept, ValueRule.flag().normalize(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "y", "truе", "on "})
  void flag_ofAnythingElse_isRefused(String value) {
    assertEquals("Unable to parse boolean option.", fault(ValueRule.flag(), value).reason());
    assertEquals("not a boolean: \"" + value + "\"", fault(ValueRule.flag(), value).nestedReason());
  }

  @Test
  void integer_atItsBounds_keepsWhatIsWithin() throws Exception {
    ValueRule rule = ValueRule.integer(-1, 12);
    assertEquals("-1", rule.normalize("-01"));
    assertEquals("12", rule.normalize("+12"));
    assertEquals("9", rule.normalize("9"));
    assertEquals("value must have a minimum value of -1 (got -2)", fault(rule, "-2").reason());
    assertEquals("value must have a maximum value of 12 (got 13)", fault(rule, "13").reason());
    for (String noDigits : new String[] {"-", "1/", "1:", "a", "1 "}) {
      assertEquals("invalid digit found in string", fault(rule, noDigits).reason());
    }
    assertEquals("not an integer: \"x\"", fault(rule, "x").nestedReason());
  }

  @Test
  void propertyString_withoutKnownKeys_checksTheSyntaxOnly() throws Exception {
    keeps(ValueRule.propertyString(), "x,a=1,a=2");
    assertEquals("unexpected end of string", fault(ValueRule.propertyString(), "\"x").reason());
  }

  @Test
  void propertyString_withKnownKeys_checksEachPartByItsRule() throws Exception {
    ValueRule rule =
        ValueRule.propertyString(
            Map.of("type", ValueRule.any(), "n", ValueRule.integer(1, 9)), "type");
    keeps(rule, "x,n=007");
    keeps(rule, "n=1,type=x");
    String failed = "parameter verification failed";
    assertEquals(
        failed + " - 'type': property is missing and it is not optional",
        fault(rule, "n=1").reason());
    assertEquals(
        failed
            + ":\n- 'n': schema validation failed: value must have a maximum value of 9 (got 10)"
            + "\n- 'm': schema does not allow additional properties\n- 'type': duplicate key",
        fault(rule, "x,n=10,m=1,y").reason());
    assertEquals(failed + " - 'n': not an integer: \"q\"", fault(rule, "x,n=q").reason());
  }

  @Test
  void propertyString_withoutADefaultKey_refusesAValueWithoutKey() throws Exception {
    ValueRule rule = ValueRule.propertyString(Map.of("n", ValueRule.any()), null);
    keeps(rule, "");
    keeps(rule, "n=1");
    assertEquals(
        "value without key, but schema does not define a default key", fault(rule, "x").reason());
  }
}
