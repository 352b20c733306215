package io.github.datastorelookup.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.port.Reasons;
import org.junit.jupiter.api.Test;

/** Alignment and escapes. */
final class TableTest {
  @Test
  void rows_areAlignedByTheirWidestCells() {
    Table table = new Table("NAME", ">PID", "FILE");
    table.row("store1", "7", "a");
    table.row("s", "12345", "");
    assertEquals(
        """
          NAME      PID  FILE
          store1      7  a
          s       12345
        """,
        table.format());
  }

  @Test
  void whatATerminalObeys_isEscaped() {
    assertEquals(
        "\\u001b[2J\\u000a\\u009b\\u202e\\u2028",
        Reasons.printable("\u001b[2J\n\u009b\u202e\u2028"));
    assertEquals("gr\u00fc\u00df", Reasons.printable("gr\u00fc\u00df"));
  }
}
