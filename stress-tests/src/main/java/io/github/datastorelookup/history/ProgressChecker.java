package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * INV-12: no thread gets stuck because another process was killed. Each thread keeps writing lines;
 * a call lies between two of them, so this bounds every call as well.
 */
final class ProgressChecker {
  private static final String INVARIANT = "INV-12";

  private record Place(String source, int thread) {}

  private final History history;
  private final long patienceNanos;

  ProgressChecker(History history, long patienceNanos) {
    this.history = history;
    this.patienceNanos = patienceNanos;
  }

  void check() {
    Map<Place, LogLine> last = new HashMap<>();
    for (LogLine line : history.lines()) {
      if (line.event() == Event.WARNED
          || line.event() == Event.KILL_START
          || line.source().equals(History.PARENT)) {
        continue; // not written by a worker's thread
      }
      LogLine before = last.put(new Place(line.source(), line.thread()), line);
      if (before != null) {
        require(before, line.at(), line.toString());
      }
    }
    for (LogLine line : last.values()) {
      long lived = history.livedUntil(line.source());
      if (line.event() != Event.ENDED && lived != Long.MAX_VALUE) {
        require(line, lived, "(killed)");
      }
    }
  }

  private void require(LogLine before, long until, String next) {
    if (until - before.at() > patienceNanos) {
      throw new InvariantViolation(
          INVARIANT,
          String.format(
              Locale.ROOT,
              "a thread was silent for %d ms%n  %s%n  %s",
              (until - before.at()) / 1_000_000,
              before,
              next));
    }
  }
}
