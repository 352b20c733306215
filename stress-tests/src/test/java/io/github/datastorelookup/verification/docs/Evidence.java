package io.github.datastorelookup.verification.docs;

import java.util.Comparator;
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
    /** Races whose class comments claim it. */
    RACE,
    /** Reasons why it has no race. */
    WITHOUT_RACE,
    /** Traces with a step of it. */
    TRACE,
    /** Mutants that leave it out or break it. */
    MUTANT
  }

  /**
   * One piece of evidence.
   *
   * @param name what it is called
   * @param place the file that it is in, perhaps with an anchor, from the folder of the parent pom
   */
  record Item(String name, String place) implements Comparable<Item> {
    private static final Comparator<Item> ORDER =
        Comparator.comparing(Item::name).thenComparing(Item::place);

    /** A link from a page in {@code docs}. */
    String link() {
      return "[`" + name + "`](../../" + place + ")";
    }

    @Override
    public int compareTo(Item other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Map<Kind, NavigableMap<String, NavigableSet<Item>>> found =
      new EnumMap<>(Kind.class);

  /** Notes that this one says so of the clause or invariant with this id. */
  void add(Kind kind, String id, Item item) {
    boolean unused = all(kind).computeIfAbsent(id, key -> new TreeSet<>()).add(item);
  }

  /** What says so of the clause or invariant with this id. */
  NavigableSet<Item> of(Kind kind, String id) {
    return all(kind).getOrDefault(id, new TreeSet<>());
  }

  /** Everything of a kind, by the ids of clauses and invariants. */
  NavigableMap<String, NavigableSet<Item>> all(Kind kind) {
    return found.computeIfAbsent(kind, key -> new TreeMap<>());
  }
}
