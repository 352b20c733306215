package io.github.datastorelookup.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A growing 64-bit hash: of what a thread has seen so far, or of a whole state. Two different
 * states have the same hash with a probability of 2^-64.
 */
public final class Fingerprint {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long hash = GOLDEN;

  /** Adds a number. */
  public Fingerprint add(long value) {
    hash = (Long.rotateLeft(hash, 23) ^ value) * GOLDEN;
    hash ^= hash >>> 32;
    return this;
  }

  /** Adds a text. */
  public Fingerprint add(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return add(text.length());
  }

  /** Adds a value by its text; bytes are values too. */
  public Fingerprint addValue(@Nullable Object value) {
    if (value instanceof Number number) {
      return add(number.longValue());
    } else if (value instanceof byte[] bytes) {
      for (byte each : bytes) {
        hash = (hash ^ each) * 0x100000001B3L;
      }
      return add(bytes.length);
    }
    return add(String.valueOf(value));
  }

  /** The hash of all added values, in order. */
  public long value() {
    return hash;
  }
}
