package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFaultTest {
  private static ConfigParseException fault(byte[] bytes) {
    return assertThrows(
        ConfigParseException.class, () -> DatastoreConfig.parse("/etc/d.cfg", bytes, null));
  }

  private static ConfigParseException fault(String text) {
    return fault(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A stray byte, an overlong slash, half a surrogate pair, a truncated sequence, too large. */
  @ParameterizedTest
  @CsvSource({"ff", "c0af", "eda080", "c3", "f4908080"})
  void parse_ofBytesThatAreNotUtf8_isRefusedAtTheirLine(String hex) {
    StringBuilder text = new StringBuilder("datastore: aaa\n\tpath /x\n\tcomment ");
    for (int i = 0; i < hex.length(); i += 2) {
      text.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
    }
    byte[] bytes = text.append("\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    ConfigParseException e = fault(bytes);
    assertEquals(3, e.line());
    assertEquals("invalid UTF-8", e.reason());
    assertEquals("/etc/d.cfg", e.file());
    assertEquals("parsing \"/etc/d.cfg\" failed: line 3 - invalid UTF-8", e.getMessage());
  }

  @Test
  void parse_ofTheReplacementCharacterItself_isAccepted() throws Exception {
    byte[] bytes = "datastore: aaa\n\tpath /\uFFFD\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "/\uFFFD", DatastoreConfig.parse("f", bytes, null).sections().get(0).absolutePath());
  }

  @Test
  void parse_ofNulAndBinary_isRefusedAtTheFirstLineThatIsNoHeader() {
    assertEquals(1, fault("\0").line());
    assertEquals(2, fault("\n\0\0\0\n").line());
    assertEquals(1, fault("\u007FELF\u0002\u0001\n").line());
    assertEquals("unknown property 'pa\0th'", fault("datastore: aaa\n\tpa\0th /x\n").reason());
  }

  /** A line may be the whole file, and a message must not be. */
  @Test
  void reason_thatQuotesALongLine_isCutAt400Characters() {
    String frame = "unknown property ''";
    String fits = "k".repeat(400 - frame.length());
    ConfigParseException whole = fault("datastore: aaa\n\t" + fits + " v\n");
    assertEquals("unknown property '" + fits + "'", whole.reason());
    ConfigParseException cut = fault("datastore: aaa\n\t" + fits + "k v\n");
    assertEquals("unknown property '" + fits + "k...", cut.reason());
    assertEquals("parsing \"/etc/d.cfg\" failed: line 2 - " + cut.reason(), cut.getMessage());
  }

  @Test
  void parse_ofRandomBytes_throwsNothingElse() {
    for (int seed = 0; seed < 2000; seed++) {
      byte[] bytes = new byte[1 + seed % 100];
      new Random(seed).nextBytes(bytes);
      bytes[0] = 'x';
      fault(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        " datastore: aaa|1|syntax error (expected header)",
        "\u00A0\\ndatastore|2|syntax error (expected header)",
        "été: aaa|1|unknown section type 'été'",
        "datastore:|1|syntax error in section identifier: value must be at least 3 characters long",
        "datastore: aaa\\n\\tname aaa\\n\\tname aaa\\n|3|duplicate property 'name'",
        "datastore: aaa\\r\\n\\tcomment\\r\\n\\r\\n|2|syntax error (expected section properties)",
        "datastore: aaa\\n\\tcomment\\r|2|property 'path' is missing and it is not optional.",
        "datastore: aaa\\n\\tname aaa|2|property 'path' is missing and it is not optional."
      })
  @Tag("INV-13")
  @Tag("kills:property-given-twice")
  void parse_ofATextAtTheEdgeOfTheGrammar_saysWhereAndWhy(String text, int line, String reason) {
    ConfigParseException e =
        fault(text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"));
    assertEquals(reason, e.reason());
    assertEquals(line, e.line());
  }
}
