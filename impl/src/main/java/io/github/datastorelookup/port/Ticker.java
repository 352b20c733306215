package io.github.datastorelookup.port;

/** Monotonic time. Wall clocks are never used: they step. */
public interface Ticker {
  /** Nanoseconds since some fixed moment of this process; only differences mean anything. */
  long nanoTime();
}
