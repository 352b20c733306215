package io.github.datastorelookup.port;

/** Monotonic time. Wall clocks are never used: they step. */
public interface Ticker {
  /** Nanoseconds since a fixed moment of this process; only differences are meaningful. */
  long nanoTime();
}
