package io.github.datastorelookup;

import io.github.datastorelookup.port.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so. */
final class ManualTicker implements Ticker {
  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanoTime() {
    return now.get();
  }

  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
