package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.datastorelookup.port.FileIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Ledgers as bytes, by the numbers of the layout's drawing. */
final class LedgerBytes {
  private static final int SEGMENT = 64 * 1024;

  private LedgerBytes() {}

  /** One without entries, of so many segments. */
  static byte[] empty(int segments) {
    byte[] bytes = new byte[segments * SEGMENT];
    buffer(bytes).putLong(0, 0x44534c4544474552L).putInt(8, 2).putLong(16, 1);
    return bytes;
  }

  /** One of a process that uses this generation page. */
  static byte[] ofPage(FileIdentity page) {
    byte[] bytes = empty(1);
    buffer(bytes).putLong(24, page.device()).putLong(32, page.inode());
    return bytes;
  }

  /** Fills in an entry, which is the last one now. */
  static void entry(byte[] bytes, int index, String name, long word) {
    byte[] ascii = name.getBytes(US_ASCII);
    int offset = 64 * (index + 1);
    buffer(bytes)
        .putInt(12, index + 1)
        .putLong(offset, word)
        .putInt(offset + 8, ascii.length)
        .put(offset + 12, ascii);
  }

  /** In the byte order of the machine. */
  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
