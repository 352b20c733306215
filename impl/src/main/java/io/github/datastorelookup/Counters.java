package io.github.datastorelookup;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events for {@link Statistics}; no decision depends on them. Thread-safe. Threads do not
 * contend for one word.
 */
final class Counters {
  private final LongAdder warm = new LongAdder();
  private final Map<Statistics.SlowReason, LongAdder> slow =
      new EnumMap<>(Statistics.SlowReason.class);
  private final LongAdder reloads = new LongAdder();
  private final LongAdder manualEdits = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder undos = new LongAdder();
  private final LongAdder lockWaitNanos = new LongAdder();

  Counters() {
    for (Statistics.SlowReason reason : Statistics.SlowReason.values()) {
      slow.put(reason, new LongAdder());
    }
  }

  void warm() {
    add(warm, 1);
  }

  void slow(Statistics.SlowReason reason) {
    add(Objects.requireNonNull(slow.get(reason)), 1);
  }

  void reload() {
    add(reloads, 1);
  }

  void manualEdit() {
    add(manualEdits, 1);
  }

  void eviction() {
    add(evictions, 1);
  }

  void undo() {
    add(undos, 1);
  }

  void waited(long nanos) {
    add(lockWaitNanos, nanos);
  }

  /** Skips the event when there is no memory for it: no call fails because of a statistic. */
  private static void add(LongAdder sum, long amount) {
    try {
      sum.add(amount);
    } catch (OutOfMemoryError e) {
      // A contended adder allocates.
    }
  }

  /** The current sums; each is correct, but they do not belong to one moment. */
  Statistics read() {
    Map<Statistics.SlowReason, Long> reasons = new EnumMap<>(Statistics.SlowReason.class);
    slow.forEach((reason, count) -> reasons.put(reason, count.sum()));
    return new Statistics(
        warm.sum(),
        reasons,
        reloads.sum(),
        manualEdits.sum(),
        evictions.sum(),
        undos.sum(),
        Duration.ofNanos(lockWaitNanos.sum()));
  }
}
