package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The arithmetic of the layout, by the numbers of its drawing. */
final class LedgerLayoutTest {
  @Test
  void segments_ofSoManyEntries_areThoseThatHoldThem() {
    int[][] expected = {{0, 1}, {1, 1}, {1023, 1}, {1024, 2}, {2047, 2}, {2048, 3}};
    for (int[] each : expected) {
      assertEquals(each[1], LedgerLayout.segments(each[0]), "entries=" + each[0]);
    }
    assertEquals(0, LedgerLayout.segment(1022));
    assertEquals(64 * 1024 - 64, LedgerLayout.offset(1022));
    assertEquals(1, LedgerLayout.segment(1023));
    assertEquals(0, LedgerLayout.offset(1023));
    assertEquals(1023, LedgerLayout.capacity(1));
    assertEquals(2047, LedgerLayout.capacity(2));
  }
}
