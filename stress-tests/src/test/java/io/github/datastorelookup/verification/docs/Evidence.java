package io.github.datastorelookup.verification.docs;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What says of itself that it holds a clause or an invariant. Not thread-safe. */
final class Evidence {
  /** A kind of evidence. */
  enum Kind {
    /** Classes of the library whose comments cite it. */
    CODE,
    /** Checks that carry its tag, or have to kill one of its mutants. */
    CHECK,
    /** Races that have to show what one of its mutants does wrong. */
    RACE,
    /** Traces with a step of it. */
    TRACE,
    /** Mutants that leave it out or break it. */
    MUTANT
  }

  private final Map<Kind, NavigableMap<String, NavigableSet<String>>> found =
      new EnumMap<>(Kind.class);

  /** Notes that this one says so of the clause or invariant with this id. */
  void add(Kind kind, String id, String who) {
    boolean unused = all(kind).computeIfAbsent(id, key -> new TreeSet<>()).add(who);
  }

  /** Who says so of the clause or invariant with this id. */
  NavigableSet<String> of(Kind kind, String id) {
    return all(kind).getOrDefault(id, new TreeSet<>());
  }

  /** Everything of a kind, by the ids of clauses and invariants. */
  NavigableMap<String, NavigableSet<String>> all(Kind kind) {
    return found.computeIfAbsent(kind, key -> new TreeMap<>());
  }
}
