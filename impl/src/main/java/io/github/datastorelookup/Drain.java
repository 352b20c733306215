package io.github.datastorelookup;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How to wait until a datastore is idle. Immutable.
 *
 * @param timeout how long at most; zero looks once
 * @param cancelled asked about 100 times a second; true gives up
 * @param progress told what still runs, each time that it changed
 */
public record Drain(
    Duration timeout, BooleanSupplier cancelled, Consumer<ActiveOperations> progress) {
  /** None may be null, and the timeout not negative. */
  public Drain {
    Objects.requireNonNull(cancelled, "cancelled");
    Objects.requireNonNull(progress, "progress");
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout=" + timeout + " is negative");
    }
  }

  /** The timeout; what does not fit is for ever. */
  long timeoutNanos() {
    return nanos(timeout);
  }

  /** A duration in nanoseconds, 292 years at most. */
  static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0
        ? Long.MAX_VALUE
        : duration.toNanos();
  }

  /** Waits so long, cannot be cancelled, and tells nobody. */
  public static Drain atMost(Duration timeout) {
    return new Drain(timeout, () -> false, still -> {});
  }

  /** The same, given up once this says true. */
  public Drain cancelWhen(BooleanSupplier stop) {
    return new Drain(timeout, stop, progress);
  }

  /** The same, telling this listener what still runs. */
  public Drain onProgress(Consumer<ActiveOperations> listener) {
    return new Drain(timeout, cancelled, listener);
  }
}
