package io.github.datastorelookup.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word as docs/protocol.md draws it; other processes read these very bits. */
class OperationWordTest {
  @ParameterizedTest
  @CsvSource({
    "0x0000000000000000, 0, 0, true, true",
    "0x0000000000000001, 1, 0, true, false",
    "0x0000000040000000, 0, 1, true, false",
    "0x00000000C0000002, 2, 3, true, false",
    "0x000000003FFFFFFF, 1073741823, 0, true, false",
    "0x0FFFFFFFC0000000, 0, 1073741823, true, false",
    "0x1000000000000000, 0, 0, false, true",
    "0x2000000000000000, 0, 0, false, true",
    "0x3000000000000000, 0, 0, false, true",
    "0x1000000000000005, 5, 0, false, false",
    "0x2000000140000000, 0, 5, false, false"
  })
  void anyWord_always_isReadAsDrawn(
      String word, int reads, int writes, boolean open, boolean idle) {
    long bits = Long.decode(word);
    assertEquals(reads, OperationWord.reads(bits));
    assertEquals(writes, OperationWord.writes(bits));
    assertEquals(open, OperationWord.open(bits));
    assertEquals(idle, OperationWord.idle(bits));
  }

  @Test
  void units_always_areTheLowestBitsOfTheirFields() {
    assertEquals(0x1L, OperationWord.READ);
    assertEquals(0x40000000L, OperationWord.WRITE);
    assertEquals(0x1000000000000000L, OperationWord.CLOSING);
    assertEquals(0x2000000000000000L, OperationWord.CLOSED);
    assertEquals(0x20000000, OperationWord.LIMIT);
  }

  @Test
  void full_atTheLimitOfOneField_isTrueForThatFieldOnly() {
    long reads = 0x20000000L;
    assertFalse(OperationWord.full(reads - 1, OperationWord.READ));
    assertTrue(OperationWord.full(reads, OperationWord.READ));
    assertTrue(OperationWord.full(reads + 1, OperationWord.READ));
    assertFalse(OperationWord.full(reads, OperationWord.WRITE));
    long writes = reads << 30;
    assertFalse(OperationWord.full(writes - OperationWord.WRITE, OperationWord.WRITE));
    assertTrue(OperationWord.full(writes, OperationWord.WRITE));
    assertFalse(OperationWord.full(writes, OperationWord.READ));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000000000000000, reads=0 writes=0",
    "0x00000000C0000002, reads=2 writes=3",
    "0x1000000000000001, reads=1 writes=0 CLOSING",
    "0x2000000040000000, reads=0 writes=1 CLOSED",
    "0x3000000000000000, reads=0 writes=0 CLOSING CLOSED"
  })
  void describe_ofAnyWord_tellsCountsAndBits(String word, String text) {
    assertEquals(text, OperationWord.describe(Long.decode(word)));
  }
}
