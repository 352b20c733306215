package io.github.datastorelookup;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How to wait until a datastore is idle. Immutable.
 *
 * <p>Both callbacks run on the thread that waits, with the datastore's maintenance lock held and no
 * other lock. They may call the registry, but a maintenance task on the same datastore is refused.
 * If a callback throws, the drain gives up and rethrows: the previous mode is restored, but {@code
 * delete} stays.
 *
 * @param timeout the longest wait; zero checks once
 * @param cancelled polled about 100 times a second; true cancels the drain
 * @param progress receives the operations that still run when the wait begins, and again after each
 *     change of their numbers (API-1)
 */
public record Drain(
    Duration timeout, BooleanSupplier cancelled, Consumer<ActiveOperations> progress) {
  /** No argument may be null, and the timeout must not be negative. */
  public Drain {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(cancelled, "cancelled");
    Objects.requireNonNull(progress, "progress");
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout=" + timeout + " is negative");
    }
  }

  /** The timeout in nanoseconds, 292 years at most. */
  long timeoutNanos() {
    return nanos(timeout);
  }

  /** A duration in nanoseconds, 292 years at most. */
  static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0
        ? Long.MAX_VALUE
        : duration.toNanos();
  }

  /** Waits at most this long, cannot be cancelled, and reports no progress. */
  public static Drain atMost(Duration timeout) {
    return new Drain(timeout, () -> false, still -> {});
  }

  /** The same drain, cancelled once {@code stop} returns true. */
  public Drain cancelWhen(BooleanSupplier stop) {
    return new Drain(timeout, stop, progress);
  }

  /** The same drain, reporting to this listener which operations still run. */
  public Drain onProgress(Consumer<ActiveOperations> listener) {
    return new Drain(timeout, cancelled, listener);
  }
}
