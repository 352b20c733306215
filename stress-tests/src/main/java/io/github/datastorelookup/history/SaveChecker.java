package io.github.datastorelookup.history;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.history.Handles.Handle;
import io.github.datastorelookup.rules.Freshness;
import io.github.datastorelookup.rules.Freshness.Floor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * INV-1 and INV-2: every lookup in any process that starts after a save returned sees it, and so
 * does one that starts after another lookup saw it; the file keeps it. Lookups see a manual edit
 * one TTL later at the latest.
 *
 * <p>The saves of one datastore have ascending numbers and do not overlap.
 */
final class SaveChecker {
  private static final String INVARIANT = "INV-1";

  private final long ttlNanos;
  private final Map<String, Versions> byName = new HashMap<>();

  /** The saves, and manual edits, of a datastore, and the last change of whether there is one. */
  private static final class Versions {
    final Freshness freshness;
    final Set<Long> begun = new HashSet<>();
    boolean byHand;
    boolean there;
    boolean certain;
    CallId change = new CallId("", 0);
    Object told = "";

    Versions(long ttlNanos) {
      freshness = new Freshness(ttlNanos);
      begun.add(0L);
    }
  }

  SaveChecker(long ttlNanos) {
    this.ttlNanos = ttlNanos;
  }

  private Versions of(LogLine line) {
    return byName.computeIfAbsent(line.name(), name -> new Versions(ttlNanos));
  }

  /** A save or a manual edit begins. */
  void begins(LogLine start) {
    Versions versions = of(start);
    versions.begun.add(start.sequence());
    versions.byHand |= start.event() == Event.EDIT_START;
  }

  /** A save has returned, or a manual edit is complete. */
  void ends(LogLine end) {
    if (end.event() == Event.SAVE_OK) {
      of(end).freshness.returned(end.sequence(), end);
    } else {
      of(end).freshness.edited(end.sequence(), end.at(), end);
    }
  }

  /** The oldest state that a lookup which begins now may see. */
  Floor floor(LogLine start) {
    return of(start).freshness.floor(start.at());
  }

  /** Checks that a granted lookup saw no stale save, and none that never began. */
  void granted(Handle handle, LogLine grant) {
    if (grant.word(1).equals("-")) {
      return; // a duplicate has the section of its source
    }
    long seen = Long.parseLong(grant.word(1));
    Floor floor = handle.floor;
    require(seen >= floor.first(), floor.invariant())
        .or(
            "datastore=%s: a lookup saw number %d, older than one that was there%n"
                + "there:%n  %s%nlookup:%n  %s",
            grant.name(), seen, floor.since(), handle);
    Versions versions = of(grant);
    require(versions.begun.contains(seen), INVARIANT)
        .or(
            "datastore=%s: a lookup saw number %d before any save of it began%n  %s",
            grant.name(), seen, handle);
    if (!versions.byHand) { // after a manual edit, each process sees it when its TTL is over
      versions.freshness.returned(seen, grant);
    }
  }

  /** A datastore is about to be created or removed; a refused call changes nothing. */
  void changes(LogLine start) {
    Versions versions = of(start);
    versions.change = start.call();
    versions.certain = false;
  }

  /** It was created or removed. */
  void changed(LogLine end) {
    Versions versions = of(end);
    if (versions.change.equals(end.call())) {
      versions.certain = true;
      versions.there = end.event() == Event.CREATE_OK;
      versions.told = end;
    }
  }

  /**
   * Checks that the final file has every acknowledged save, no save that never began, and a section
   * exactly if the last certain change created it.
   *
   * @param file the number in the comment of each section
   */
  void checkFile(Map<String, Long> file) {
    byName.forEach(
        (name, versions) -> {
          Floor last = versions.freshness.floor(Long.MAX_VALUE);
          Long found = file.get(name);
          require(last.first() == 0 || (found != null && found >= last.first()), INVARIANT)
              .or(
                  "datastore=%s: an acknowledged save is not in the file, which has %s%n  %s",
                  name, found, last.since());
          require(!versions.certain || versions.there == file.containsKey(name), INVARIANT)
              .or(
                  "datastore=%s: an acknowledged change is not in the file: inFile=%s%n  %s",
                  name, file.containsKey(name), versions.told);
        });
    file.forEach(
        (name, number) -> {
          Versions versions = byName.get(name);
          require(number == 0 || (versions != null && versions.begun.contains(number)), INVARIANT)
              .or("the file has a save that never began: section=%s number=%d", name, number);
        });
  }
}
