package io.github.datastorelookup.memory;

import io.github.datastorelookup.port.AtomicWord;
import java.util.concurrent.atomic.AtomicLong;

/** A word on the heap. */
public final class HeapWord implements AtomicWord {
  private final AtomicLong value;

  /** A word with this value. */
  public HeapWord(long initial) {
    value = new AtomicLong(initial);
  }

  @Override
  public long get() {
    return value.get();
  }

  @Override
  public long getAndAdd(long delta) {
    return value.getAndAdd(delta);
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    return value.compareAndSet(expected, next);
  }
}
