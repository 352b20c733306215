package io.github.datastorelookup;

import io.github.datastorelookup.port.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so. */
final class ManualTicker implements Ticker {
  private final AtomicLong now = new AtomicLong();

  private final AtomicLong asked = new AtomicLong();

  @Override
  public long nanoTime() {
    asked.incrementAndGet();
    return now.get();
  }

  /** How often somebody wanted to know the time. */
  long asked() {
    return asked.get();
  }

  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
