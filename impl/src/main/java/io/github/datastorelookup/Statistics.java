package io.github.datastorelookup;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counters of one registry since it was opened. Immutable.
 *
 * <p>The counters are read one after the other while other threads work. Each number is correct,
 * but together they are not of one moment. A granted lookup counts once, as warm or as slow
 * (API-2).
 *
 * @param warmLookups lookups granted without a lock
 * @param slowLookups lookups that took the config lock, by reason; has all reasons, in their order.
 *     A lookup that retries counts once
 * @param reloads how often the config file was read and cached
 * @param manualEdits manual edits that this process was the first to find (API-4)
 * @param evictions how often the files of a datastore were closed
 * @param undos operations that were counted and then undone
 * @param lockWait the sum of all waits for the config lock (API-6)
 */
public record Statistics(
    long warmLookups,
    Map<SlowReason, Long> slowLookups,
    long reloads,
    long manualEdits,
    long evictions,
    long undos,
    Duration lockWait) {
  /** Copies the map. */
  public Statistics {
    slowLookups = Collections.unmodifiableMap(new EnumMap<>(slowLookups));
  }

  /** The slow lookups of all reasons together. */
  public long allSlowLookups() {
    return slowLookups.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Why a lookup could not be warm; the first reason that applied. */
  public enum SlowReason {
    /** The warm path is switched off. */
    SWITCHED_OFF,
    /** This process found no generation counter when it started. */
    NO_COUNTER,
    /** No config was cached yet. */
    NOT_LOADED,
    /** The config was saved since it was cached. */
    EDITED,
    /** The cached config was as old as the TTL. */
    EXPIRED,
    /** The datastore is removable: the lookup must read the mount table. */
    REMOVABLE,
    /** The datastore's files were not open, or being closed. */
    NOT_OPEN,
    /** An edit, or a change of the open files, came between two steps; the count was undone. */
    OVERTAKEN;

    /** Why a snapshot is not of the current generation. */
    static SlowReason ofStale(boolean hasCounter, boolean loaded) {
      if (!hasCounter) {
        return NO_COUNTER;
      }
      return loaded ? EDITED : NOT_LOADED;
    }
  }
}
