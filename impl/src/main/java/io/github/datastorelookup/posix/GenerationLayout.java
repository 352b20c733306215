package io.github.datastorelookup.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
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

  /**
   * Maps the page of this file.
   *
   * @throws IOException when it cannot be mapped, or is no generation page
   */
  static ByteBuffer map(Path path, FileChannel channel, MapMode mode) throws IOException {
    // Checked before mapping, which would lengthen a short file.
    long size = channel.size();
    if (size < SIZE) {
      throw SharedFiles.refuse(
          path, "is not a generation page: size=" + size + " expected=" + SIZE);
    }
    ByteBuffer page = channel.map(mode, 0, SIZE);
    if (!hasMagic(page)) {
      throw SharedFiles.refuse(path, "is not a generation page: wrong magic");
    }
    return page;
  }

  /** Whether the mapped page begins as every page does. */
  static boolean hasMagic(ByteBuffer page) {
    byte[] start = new byte[MAGIC.length];
    page.get(0, start);
    return Arrays.equals(start, MAGIC);
  }

  /** A page with all counters zero. */
  static byte[] newPage() {
    return Arrays.copyOf(MAGIC, SIZE);
  }
}
