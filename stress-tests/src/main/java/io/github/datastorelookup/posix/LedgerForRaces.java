package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.OperationWord;
import java.nio.ByteBuffer;

/**
 * The first segment of a ledger, with room for one entry. It makes the accesses of {@code
 * OwnLedger} and {@code ForeignLedgerFile} without their files, of which a race would need
 * millions.
 */
public final class LedgerForRaces {
  /** Its size in bytes. */
  public static final int SIZE = LedgerLayout.HEADER_SIZE + LedgerLayout.ENTRY_SIZE;

  private final LedgerSegments segments = new LedgerSegments();

  /** An empty ledger in {@link #SIZE} zero bytes that begin at a cache line. */
  public LedgerForRaces(ByteBuffer zeros) {
    segments.add(zeros);
  }

  /** Writes the entry. */
  public void write(String name) {
    segments.writeEntry(0, OperationWord.CLOSED, name);
  }

  /** Publishes the entry. */
  public void count() {
    segments.countRelease(1);
  }

  /** How many entries a reader sees. */
  public int entries() {
    return segments.countAcquire();
  }

  /** Whether a reader sees the whole entry: its name and its word. */
  public boolean isComplete(String name) {
    return name.equals(segments.name(0)) && segments.word(0).get() == OperationWord.CLOSED;
  }
}
