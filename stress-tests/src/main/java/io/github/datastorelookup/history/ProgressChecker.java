package io.github.datastorelookup.history;

import static io.github.datastorelookup.rules.Require.require;

import java.util.HashMap;
import java.util.Map;

/**
 * INV-12: no thread gets stuck because another process was killed. Each thread keeps writing lines;
 * a call lies between two of them, so this bounds every call as well.
 */
final class ProgressChecker {
  private final long patienceNanos;
  private final Map<Place, LogLine> last = new HashMap<>();

  private record Place(String source, int thread) {}

  ProgressChecker(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  void line(LogLine line) {
    if (line.event() == Event.WARNED
        || line.event() == Event.KILL_START
        || line.source().equals(History.PARENT)) {
      return; // not written by a worker's thread
    }
    LogLine before = last.put(new Place(line.source(), line.thread()), line);
    if (before != null) {
      check(before, line.at(), line.toString());
    }
  }

  /** A process is about to be killed: until then its threads wrote lines. */
  void killed(LogLine kill) {
    for (LogLine line : last.values()) {
      if (line.source().equals(kill.name()) && line.event() != Event.ENDED) {
        check(line, kill.at(), "(killed)");
      }
    }
  }

  private void check(LogLine before, long until, String next) {
    require(until - before.at() <= patienceNanos, "INV-12")
        .or(
            "a thread was silent for %d ms%n  %s%n  %s",
            (until - before.at()) / 1_000_000, before, next);
  }
}
