package io.github.datastorelookup.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineReaderTest {
  private static LineReader reader(String text) {
    return new LineReader("f", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void at(LineReader reader, int position, int line, int lineEnd) {
    assertEquals(position, reader.position());
    assertEquals(line, reader.line());
    assertEquals(lineEnd, reader.lineEnd());
  }

  @Test
  void skipEmptyLine_ofAnEmptyLine_stepsOverItAndCountsIt() {
    LineReader reader = reader("\n\nx");
    assertTrue(reader.skipEmptyLine());
    at(reader, 1, 1, 0);
    assertTrue(reader.skipEmptyLine());
    at(reader, 2, 2, 1);
    assertFalse(reader.skipEmptyLine());
    at(reader, 2, 2, 1);
  }

  @Test
  void skipEmptyLine_atTheEndOrBeforeAnyOtherLine_staysWhereItIs() {
    LineReader nothing = reader("");
    assertFalse(nothing.skipEmptyLine());
    at(nothing, 0, 0, 0);
    LineReader blank = reader(" \n");
    assertFalse(blank.skipEmptyLine());
    at(blank, 0, 0, 0);
  }

  @Test
  void next_ofEachLine_takesItsEndOffAndSaysWhereItWas() throws Exception {
    LineReader reader = reader("\nab\r\n\r\nc\r");
    assertEquals("", reader.next());
    at(reader, 1, 1, 0);
    assertEquals("ab", reader.next());
    at(reader, 5, 2, 4);
    assertEquals("", reader.next());
    at(reader, 7, 3, 6);
    assertFalse(reader.atEnd());
    assertEquals("c\r", reader.next());
    at(reader, 10, 4, 9);
    assertTrue(reader.atEnd());
  }

  @Test
  void skip_ofSeveralLines_endsBehindTheLastLineFeed() throws Exception {
    LineReader reader = reader("ab\ncd\nef");
    reader.skip(5, 2);
    at(reader, 6, 2, 5);
    assertEquals("ef", reader.next());
  }

  /** Wherever the stray byte stands in its line. */
  @ParameterizedTest
  @CsvSource({"'\u00FF'", "'\u00FFab'", "'ab\u00FF'"})
  void next_ofAStrayByte_isAFaultOfItsLine(String line) throws Exception {
    LineReader reader = reader("ok\n" + line + "\nok");
    assertEquals("ok", reader.next());
    ConfigParseException e = assertThrows(ConfigParseException.class, reader::next);
    assertEquals(2, e.line());
    assertEquals("invalid UTF-8", e.reason());
  }
}
