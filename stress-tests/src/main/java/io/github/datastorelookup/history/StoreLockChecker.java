package io.github.datastorelookup.history;

import static io.github.datastorelookup.rules.Require.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * INV-4, by its effect: an exclusive holder of a chunk store's lock is its only holder. A process
 * that closes a second descriptor of the lock file would drop the locks of the first.
 */
final class StoreLockChecker {
  private final Map<String, List<LogLine>> held = new HashMap<>();

  void locked(LogLine lock) {
    List<LogLine> others = held.computeIfAbsent(lock.name(), name -> new ArrayList<>());
    for (LogLine other : others) {
      require(!isExclusive(lock) && !isExclusive(other), "INV-4")
          .or(
              "datastore=%s: an exclusive lock was held beside another one%n  %s%n  %s",
              lock.name(), other, lock);
    }
    others.add(lock);
  }

  private static boolean isExclusive(LogLine lock) {
    return lock.detail().equals("exclusive");
  }

  void unlocks(LogLine unlock) {
    held.getOrDefault(unlock.name(), new ArrayList<>())
        .removeIf(lock -> lock.call().equals(unlock.call()));
  }

  /** A process is about to be killed, and may have lost its locks from now on. */
  void killed(String source) {
    held.values().forEach(locks -> locks.removeIf(lock -> lock.source().equals(source)));
  }
}
