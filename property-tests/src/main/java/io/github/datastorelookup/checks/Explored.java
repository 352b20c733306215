package io.github.datastorelookup.checks;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the checks of a layer explored: sequences, schedules, operations. Thread-safe. */
public final class Explored {
  private static final AtomicLong COUNT = new AtomicLong();

  private Explored() {}

  /** Counts so many more. */
  public static void add(long more) {
    COUNT.addAndGet(more);
  }

  /** What was counted since the last call. */
  public static long take() {
    return COUNT.getAndSet(0);
  }
}
