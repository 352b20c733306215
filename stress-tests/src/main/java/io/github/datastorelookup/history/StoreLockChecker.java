package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * INV-4, by its effect: an exclusive holder of a chunk store's lock is its only holder. A process
 * that closes a second descriptor of the lock file would drop the locks of the first.
 */
final class StoreLockChecker {
  private record Hold(LogLine locked, long from, long until) {
    boolean exclusive() {
      return locked.detail().equals("exclusive");
    }
  }

  private final Map<String, List<Hold>> holds = new HashMap<>();

  StoreLockChecker(History history) {
    for (LogLine locked : history.of(Event.LOCKED)) {
      LogLine unlock = history.completionOf(locked, Event.UNLOCK_START);
      long until = unlock == null ? history.livedUntil(locked.source()) : unlock.at();
      holds
          .computeIfAbsent(locked.name(), name -> new ArrayList<>())
          .add(new Hold(locked, locked.at(), until));
    }
  }

  void check() {
    holds.values().forEach(StoreLockChecker::check);
  }

  private static void check(List<Hold> ofName) {
    for (Hold alone : ofName) {
      if (!alone.exclusive()) {
        continue;
      }
      for (Hold other : ofName) {
        if (!other.equals(alone)
            && Math.max(alone.from(), other.from()) < Math.min(alone.until(), other.until())) {
          throw new InvariantViolation(
              "INV-4",
              String.format(
                  Locale.ROOT,
                  "datastore=%s: an exclusive lock was held beside another one%n  %s%n  %s",
                  alone.locked().name(),
                  alone.locked(),
                  other.locked()));
        }
      }
    }
  }
}
