package io.github.datastorelookup.posix;

/**
 * The layout of a ledger, version 2. Numbers are in the byte order of the machine, which a ledger
 * never leaves.
 *
 * <pre>
 *  file   0        64        128       192             65536
 *         | header | entry 0 | entry 1 | ...           | entry 1023 | ...
 *         |&lt;----------------- segment 0 --------------&gt;|&lt;-- segment 1 ...
 *
 *  header 0       8         12      16    24       32      40    44        64
 *         | magic | version | count | pid | device | inode | end | zeros .. |
 *
 *  entry  0       8        12                             44               64
 *         | word  | length | name, ASCII, then zeros ...   | zeros ......... |
 * </pre>
 *
 * <p>Device and inode are those of the generation page in use, or zeros for none. {@code end} is 0
 * while the owner lives; the owner writes {@link #CLOSED} before it deletes the file, and a prober
 * {@link #DEAD} before it counts the owner as dead. {@code count} is written with release after the
 * entry that it counts is complete, and read with acquire. Entries never move and never straddle
 * segments; the file grows by whole segments, of real zeros. Bytes after the last whole segment
 * mean nothing: an interrupted growth left them.
 */
final class LedgerLayout {
  /** The first word of every ledger; in the wrong byte order it differs. */
  static final long MAGIC_VALUE = 0x4453_4c45_4447_4552L; // "DSLEDGER"

  /** This layout. */
  static final int VERSION_VALUE = 2;

  /** Length of the header: one cache line. */
  static final int HEADER_SIZE = 64;

  static final int MAGIC = 0;
  static final int VERSION = MAGIC + Long.BYTES;
  static final int COUNT = VERSION + Integer.BYTES;
  static final int PID = COUNT + Integer.BYTES;
  static final int DEVICE = PID + Long.BYTES;
  static final int INODE = DEVICE + Long.BYTES;
  static final int END = INODE + Long.BYTES;

  /** End mark of a ledger that its owner closed. */
  static final int CLOSED = 1;

  /** End mark of a ledger whose owner was found dead. */
  static final int DEAD = 2;

  /** Length of an entry: one cache line, so that two datastores' words never share one. */
  static final int ENTRY_SIZE = 64;

  static final int WORD = 0;
  static final int NAME_LENGTH = WORD + Long.BYTES;
  static final int NAME = NAME_LENGTH + Integer.BYTES;

  /** Longest name in bytes. */
  static final int NAME_MAX = 32;

  /** The unit in which the file grows and is mapped. */
  static final int SEGMENT_SIZE = 64 * 1024;

  private LedgerLayout() {}

  /** The segment of an entry. */
  static int segment(int entry) {
    return (int) (position(entry) / SEGMENT_SIZE);
  }

  /** The offset of an entry in its segment. */
  static int offset(int entry) {
    return (int) (position(entry) % SEGMENT_SIZE);
  }

  /** The position of a segment in the file. */
  static long segmentPosition(int segment) {
    return (long) segment * SEGMENT_SIZE;
  }

  /** How many segments this many entries need; at least the one with the header. */
  static int segments(int entries) {
    return segment(Math.max(entries, 1) - 1) + 1;
  }

  /** How many entries fit into this many segments. */
  static long capacity(long segments) {
    return (segments * SEGMENT_SIZE - HEADER_SIZE) / ENTRY_SIZE;
  }

  private static long position(int entry) {
    return HEADER_SIZE + (long) entry * ENTRY_SIZE;
  }
}
