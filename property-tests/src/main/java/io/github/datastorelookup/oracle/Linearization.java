package io.github.datastorelookup.oracle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches for an order of operations that explains all answers: each takes effect at one moment
 * between its call and its return. It is Wing and Gong's search, which remembers the visited pairs
 * of done operations and state, as Lowe's does.
 *
 * @param <S> the state of the sequential specification
 */
final class Linearization<S> {
  /** The verdict of the search. */
  enum Kind {
    /** There is such an order. */
    LINEARIZABLE,
    /** There is none. */
    NOT_LINEARIZABLE,
    /** Unknown: the search ran out of time. */
    UNKNOWN
  }

  /** The effect of an operation with its answer on a state. */
  interface Step<S> {
    /** The state after it, or null if this state does not permit the answer. */
    @Nullable S after(S state);
  }

  /**
   * An operation.
   *
   * @param begins when it was called
   * @param ends when it returned; {@link Integer#MAX_VALUE} if it never did
   */
  record Operation<S>(String name, int begins, int ends, Step<S> step) {
    boolean returned() {
      return ends != Integer.MAX_VALUE;
    }
  }

  /**
   * The result.
   *
   * @param prefix the longest order that explains its operations
   * @param unexplained the first operation to return that no order explains; empty if there is none
   */
  record SearchResult(Kind kind, List<String> prefix, String unexplained) {}

  /** A set of operations done in some order, and the state after them. */
  private record Seen<S>(BitSet done, S state) {}

  private final List<Operation<S>> operations;
  private final BooleanSupplier goesOn;
  private final Set<Seen<S>> seen = new HashSet<>();
  private final List<String> order = new ArrayList<>();
  private List<String> longest = List.of();
  private BitSet explained = new BitSet();
  private boolean cut;

  private Linearization(List<Operation<S>> operations, BooleanSupplier goesOn) {
    this.operations = operations;
    this.goesOn = goesOn;
  }

  /** Searches from this state for as long as {@code goesOn} returns true. */
  static <S> SearchResult search(List<Operation<S>> operations, S initial, BooleanSupplier goesOn) {
    Linearization<S> search = new Linearization<>(List.copyOf(operations), goesOn);
    if (search.from(new BitSet(), initial)) {
      return new SearchResult(Kind.LINEARIZABLE, search.longest, "");
    }
    Kind kind = search.cut ? Kind.UNKNOWN : Kind.NOT_LINEARIZABLE;
    return new SearchResult(kind, search.longest, search.firstUnexplained());
  }

  private boolean from(BitSet done, S state) {
    if (order.size() > longest.size() || longest.isEmpty()) {
      longest = List.copyOf(order);
      explained = (BitSet) done.clone();
    }
    if (!goesOn.getAsBoolean()) {
      cut = true;
      return false;
    }
    int deadline = firstReturn(done);
    if (deadline == Integer.MAX_VALUE) {
      return true; // what never returned need not have happened
    }
    if (!seen.add(new Seen<>((BitSet) done.clone(), state))) {
      return false;
    }
    for (int i = 0; i < operations.size(); i++) {
      Operation<S> next = operations.get(i);
      if (!done.get(i) && next.begins() < deadline && happens(done, i, next, state)) {
        return true;
      }
    }
    return false;
  }

  private boolean happens(BitSet done, int number, Operation<S> next, S state) {
    S after = next.step().after(state);
    if (after == null) {
      return false;
    }
    done.set(number);
    order.add(next.name());
    boolean found = from(done, after);
    order.remove(order.size() - 1);
    done.clear(number);
    return found;
  }

  /** When the first operation that is not done returned: one that begins later comes after it. */
  private int firstReturn(BitSet done) {
    int first = Integer.MAX_VALUE;
    for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
      first = Math.min(first, operations.get(i).ends());
    }
    return first;
  }

  private String firstUnexplained() {
    Operation<S> first = null;
    for (int i = 0; i < operations.size(); i++) {
      Operation<S> each = operations.get(i);
      boolean open = !explained.get(i) && each.returned();
      if (open && (first == null || each.ends() < first.ends())) {
        first = each;
      }
    }
    return first == null ? "" : first.name();
  }
}
