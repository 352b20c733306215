package io.github.datastorelookup.port;

/**
 * One 64-bit word, on the heap or in a file that several processes map. All accesses are atomic and
 * sequentially consistent: they take part in one order with all accesses to generations and words.
 */
public interface AtomicWord {
  /** Reads the word. */
  long get();

  /** Adds, and returns the value before. */
  long getAndAdd(long delta);

  /** Writes {@code next} if the word is {@code expected}; says whether it did. */
  boolean compareAndSet(long expected, long next);
}
