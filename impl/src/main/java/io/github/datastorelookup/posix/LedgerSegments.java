package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mapped segments of a ledger, in the layout of {@link LedgerLayout}. Not thread-safe. Checks
 * only the bounds of its buffers.
 */
final class LedgerSegments {
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final List<ByteBuffer> mapped = new ArrayList<>();

  /** Appends a mapping of the next segment. */
  void add(ByteBuffer segment) {
    mapped.add(segment.order(ByteOrder.nativeOrder()));
  }

  /** How many segments are mapped. */
  int size() {
    return mapped.size();
  }

  /** How many entries the mapped segments have room for. */
  long capacity() {
    return LedgerLayout.capacity(mapped.size());
  }

  /** Fills in the header; count and end mark stay zero. */
  void writeHeader(long pid, @Nullable FileIdentity page) {
    ByteBuffer header = mapped.get(0);
    header.putLong(LedgerLayout.PID, pid);
    header.putLong(LedgerLayout.DEVICE, page == null ? 0 : page.device());
    header.putLong(LedgerLayout.INODE, page == null ? 0 : page.inode());
    header.putInt(LedgerLayout.VERSION, LedgerLayout.VERSION_VALUE);
    header.putLong(LedgerLayout.MAGIC, LedgerLayout.MAGIC_VALUE);
  }

  boolean hasMagic() {
    return mapped.get(0).getLong(LedgerLayout.MAGIC) == LedgerLayout.MAGIC_VALUE;
  }

  /** The fault of the header, or null. */
  @Nullable String fault() {
    if (mapped.isEmpty()) {
      return "shorter than one segment";
    } else if (!hasMagic()) {
      return "wrong magic";
    }
    int version = mapped.get(0).getInt(LedgerLayout.VERSION);
    return version == LedgerLayout.VERSION_VALUE ? null : "version=" + version;
  }

  /** Maps the next segments of the file, until as many are mapped or it has no more whole ones. */
  void mapMore(FileChannel channel, MapMode mode, long upTo) throws IOException {
    long whole = Math.min(upTo, channel.size() / LedgerLayout.SEGMENT_SIZE);
    while (mapped.size() < whole) {
      long start = LedgerLayout.segmentPosition(mapped.size());
      add(channel.map(mode, start, LedgerLayout.SEGMENT_SIZE));
    }
  }

  /** The pid in the header, as its process knows itself. */
  long pid() {
    return mapped.get(0).getLong(LedgerLayout.PID);
  }

  /** The generation page of the header, or null for none. */
  @Nullable FileIdentity generationPage() {
    ByteBuffer header = mapped.get(0);
    long device = header.getLong(LedgerLayout.DEVICE);
    long inode = header.getLong(LedgerLayout.INODE);
    return device == 0 && inode == 0 ? null : new FileIdentity(device, inode);
  }

  /** The end mark; 0 while the owner lives. */
  int end() {
    return (int) INTS.getVolatile(mapped.get(0), LedgerLayout.END);
  }

  /** Writes the end mark. */
  void end(int mark) {
    INTS.setVolatile(mapped.get(0), LedgerLayout.END, mark);
  }

  /** The number of complete entries, read with acquire: their contents are visible too. */
  int countAcquire() {
    return (int) INTS.getAcquire(mapped.get(0), LedgerLayout.COUNT);
  }

  /** Publishes the entries below this count, with release. */
  void countRelease(int count) {
    INTS.setRelease(mapped.get(0), LedgerLayout.COUNT, count);
  }

  /** The word of an entry. */
  MappedWord word(int entry) {
    return new MappedWord(
        mapped.get(LedgerLayout.segment(entry)), LedgerLayout.offset(entry) + LedgerLayout.WORD);
  }

  /** Fills in an entry that is not published yet. */
  void writeEntry(int entry, long word, String name) {
    ByteBuffer segment = mapped.get(LedgerLayout.segment(entry));
    int offset = LedgerLayout.offset(entry);
    byte[] bytes = name.getBytes(US_ASCII);
    segment.putLong(offset + LedgerLayout.WORD, word);
    segment.putInt(offset + LedgerLayout.NAME_LENGTH, bytes.length);
    segment.put(offset + LedgerLayout.NAME, bytes);
  }

  /** The name of an entry, or null when it is not a safe id. */
  @Nullable String name(int entry) {
    ByteBuffer segment = mapped.get(LedgerLayout.segment(entry));
    int offset = LedgerLayout.offset(entry);
    int length = segment.getInt(offset + LedgerLayout.NAME_LENGTH);
    if (length < 0 || length > LedgerLayout.NAME_MAX) {
      return null;
    }
    byte[] bytes = new byte[length];
    segment.get(offset + LedgerLayout.NAME, bytes);
    String name = new String(bytes, US_ASCII);
    return SafeId.isValid(name) ? name : null;
  }
}
