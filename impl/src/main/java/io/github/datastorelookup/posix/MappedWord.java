package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.AtomicWord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A 64-bit word in a mapped file, in the byte order of the machine. */
public final class MappedWord implements AtomicWord {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  // Not MappedByteBuffer: the handle is fast only when the static type is exactly its own.
  private final ByteBuffer buffer;
  private final int offset;

  /**
   * A word at this offset.
   *
   * @param buffer mapped; starts at a page boundary
   * @param offset a multiple of 8
   */
  public MappedWord(ByteBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
  }

  @Override
  public long get() {
    return (long) LONGS.getVolatile(buffer, offset);
  }

  @Override
  public long getAndAdd(long delta) {
    return (long) LONGS.getAndAdd(buffer, offset, delta);
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    return LONGS.compareAndSet(buffer, offset, expected, next);
  }
}
