package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.OperationWord;
import java.nio.ByteBuffer;

/**
 * The first segment of a ledger, with room for one entry: the accesses of {@code OwnLedger} and
 * {@code ForeignLedgerFile} without their files, of which a race would need millions.
 */
public final class LedgerForRaces {
  /** How many bytes it takes. */
  public static final int SIZE = LedgerLayout.HEADER_SIZE + LedgerLayout.ENTRY_SIZE;

  private final LedgerSegments segments = new LedgerSegments();

  /** An empty one, in {@link #SIZE} bytes that are zeros and begin at a cache line. */
  public LedgerForRaces(ByteBuffer zeros) {
    segments.add(zeros);
  }

  /** Fills in the entry. */
  public void write(String name) {
    segments.writeEntry(0, OperationWord.CLOSED, name);
  }

  /** Makes it seen. */
  public void count() {
    segments.countRelease(1);
  }

  /** How many entries are seen. */
  public int entries() {
    return segments.countAcquire();
  }

  /** Whether the entry is all there: its name and its word. */
  public boolean isComplete(String name) {
    return name.equals(segments.name(0)) && segments.word(0).get() == OperationWord.CLOSED;
  }
}
