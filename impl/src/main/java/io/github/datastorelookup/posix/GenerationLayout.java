package io.github.datastorelookup.posix;

import java.util.Arrays;

/**
 * The layout of a generation page: that of Proxmox Backup Server's {@code config-versions}.
 *
 * <pre>
 *  0       8          16                24          32             40          4096
 * | magic | user.cfg | traffic control | datastore | token.shadow | zeros ...     |
 * </pre>
 *
 * <p>The magic is a sequence of bytes; the counters are unsigned 64-bit numbers in the byte order
 * of the machine.
 */
final class GenerationLayout {
  /** Length of the page in bytes. */
  static final int SIZE = 4096;

  /** The generation of {@code datastore.cfg}. */
  static final int DATASTORE = 24;

  private static final byte[] MAGIC = {
    0x19, (byte) 0xc6, (byte) 0xa8, (byte) 0xe6, (byte) 0x9a, (byte) 0x84, (byte) 0x8f, (byte) 0x83
  };

  private GenerationLayout() {}

  /** Length of the magic at the start. */
  static int magicLength() {
    return MAGIC.length;
  }

  /** Whether a page starts with these bytes. */
  static boolean isMagic(byte[] start) {
    return Arrays.equals(start, MAGIC);
  }

  /** A page with all counters zero. */
  static byte[] newPage() {
    return Arrays.copyOf(MAGIC, SIZE);
  }
}
