package io.github.datastorelookup.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the checks of a layer explored: sequences, schedules, operations. Thread-safe. */
public final class Explored {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final List<String> NOTES = new ArrayList<>();
  private static final AtomicLong EXPLORATIONS = new AtomicLong();
  private static final AtomicLong CUT_OFF = new AtomicLong();

  private Explored() {}

  /** Adds to the count. */
  public static void add(long more) {
    COUNT.addAndGet(more);
  }

  /** The count since the last call. */
  public static long take() {
    return COUNT.getAndSet(0);
  }

  /** Adds a note for the reader of the summary, such as a bound that cut something off. */
  public static void note(String line) {
    synchronized (NOTES) {
      NOTES.add(line);
    }
  }

  /** The notes since the last call. */
  public static List<String> takeNotes() {
    synchronized (NOTES) {
      List<String> all = List.copyOf(NOTES);
      NOTES.clear();
      return all;
    }
  }

  /** Counts an exploration of all schedules of a program, and whether a bound cut it off. */
  public static void exploration(boolean cutOff) {
    EXPLORATIONS.incrementAndGet();
    CUT_OFF.addAndGet(cutOff ? 1 : 0);
  }

  /** What bounds cut off since the last call, for the headline of a run; empty for nothing. */
  public static List<String> takeLimits() {
    long all = EXPLORATIONS.getAndSet(0);
    long cutOff = CUT_OFF.getAndSet(0);
    return cutOff == 0
        ? List.of()
        : List.of(
            String.format(Locale.ROOT, "%d of %d explorations cut off by a bound", cutOff, all));
  }
}
