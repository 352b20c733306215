package io.github.datastorelookup.port;

/**
 * One 64-bit word, on the heap or in a file that several processes map. All accesses are atomic and
 * sequentially consistent: one total order covers all accesses to generations and words.
 */
public interface AtomicWord {
  /** Reads the word. */
  long get();

  /** Adds {@code delta} and returns the previous value. */
  long getAndAdd(long delta);

  /** Writes {@code next} if the word is {@code expected}; returns whether it did. */
  boolean compareAndSet(long expected, long next);
}
