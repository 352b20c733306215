package io.github.datastorelookup.jvm;

import io.github.datastorelookup.port.Ticker;

/** {@link System#nanoTime()}: CLOCK_MONOTONIC on Linux. */
public final class JvmTicker implements Ticker {
  /** Creates one, without state. */
  public JvmTicker() {}

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
