package io.github.datastorelookup.port;

/**
 * The operation word: 64 bits in which one process publishes its use of one datastore.
 *
 * <pre>
 *  63 62   61      60    59 .............. 30 29 ............... 0
 * | 0 0 | CLOSED | CLOSING |   WRITE count    |    READ count     |
 * </pre>
 *
 * <ul>
 *   <li>no closing bit: a chunk store is open, and the counts say how many operations use it;
 *   <li>{@code CLOSING}: the chunk store is being closed or reopened; no operation may be granted;
 *   <li>{@code CLOSED}: no chunk store is open, as in a new word. Exactly {@code CLOSED}, without
 *       counts, tells other processes that this one has no file open and is not about to open one.
 * </ul>
 *
 * <p>A process sets and clears bits by addition and subtraction, or by compare-and-set from a known
 * value, never by a plain store: counts that other threads add meanwhile survive. A thread may add
 * a count in any state of the bits, so every reader masks them.
 */
public final class OperationWord {
  /** One READ operation. */
  public static final long READ = 1L;

  /** One WRITE operation. */
  public static final long WRITE = 1L << 30;

  /** The chunk store is being closed. */
  public static final long CLOSING = 1L << 60;

  /** No chunk store is open. */
  public static final long CLOSED = 1L << 61;

  /**
   * The most operations of one kind: half the field, so that no transient carry reaches the next.
   */
  public static final int LIMIT = 1 << 29;

  private static final long FIELD = (1L << 30) - 1;

  private OperationWord() {}

  /** The number of READ operations. */
  public static int reads(long word) {
    return (int) (word & FIELD);
  }

  /** The number of WRITE operations. */
  public static int writes(long word) {
    return (int) ((word >>> 30) & FIELD);
  }

  /** Whether a chunk store is open and not about to be closed. */
  public static boolean open(long word) {
    return bits(word) == 0;
  }

  /** Whether no operation is counted; ignores the closing bits. */
  public static boolean idle(long word) {
    return reads(word) == 0 && writes(word) == 0;
  }

  /** Whether one more {@code unit}, READ or WRITE, would exceed the limit. */
  public static boolean full(long word, long unit) {
    return counts(word, unit) >= LIMIT;
  }

  /** The number of operations of this unit. {@code unit} is READ or WRITE. */
  public static int counts(long word, long unit) {
    return unit == READ ? reads(word) : writes(word);
  }

  /** The closing bits alone. */
  public static long bits(long word) {
    return word & (CLOSING | CLOSED);
  }

  /** The word in readable form: {@code reads=1 writes=0 CLOSING}. */
  public static String describe(long word) {
    return "reads="
        + reads(word)
        + " writes="
        + writes(word)
        + ((word & CLOSING) == 0 ? "" : " CLOSING")
        + ((word & CLOSED) == 0 ? "" : " CLOSED");
  }
}
