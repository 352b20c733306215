package io.github.datastorelookup.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.oracle.Linearization.Kind;
import io.github.datastorelookup.oracle.Linearization.Operation;
import io.github.datastorelookup.oracle.Linearization.SearchResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Histories of a register that starts with 0. */
@Tag("simulation")
class LinearizationTest {
  private static Operation<Integer> write(int value, int begins, int ends) {
    return new Operation<>("write " + value, begins, ends, state -> value);
  }

  private static Operation<Integer> read(int value, int begins, int ends) {
    return new Operation<>("read " + value, begins, ends, state -> state == value ? state : null);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private static SearchResult search(Operation<Integer>... operations) {
    return Linearization.search(List.of(operations), 0, () -> true);
  }

  @Test
  void reads_duringAWrite_mayBeOfBefore() {
    assertEquals(Kind.LINEARIZABLE, search(write(1, 1, 6), read(0, 2, 3), read(1, 4, 5)).kind());
  }

  /** Both reads are during the write, each could be right alone: real time says no. */
  @Test
  void newValueThenOldValue_isNotLinearizable_andSaysWhere() {
    SearchResult verdict = search(write(1, 1, 6), read(1, 2, 3), read(0, 4, 5));
    assertEquals(
        new SearchResult(Kind.NOT_LINEARIZABLE, List.of("write 1", "read 1"), "read 0"), verdict);
  }

  @Test
  void oldValue_afterTheWriteReturned_isNotLinearizable() {
    assertEquals(Kind.NOT_LINEARIZABLE, search(write(1, 1, 2), read(0, 3, 4)).kind());
  }

  @Test
  void writeThatNeverReturned_mayHaveHappenedOrNot() {
    int never = Integer.MAX_VALUE;
    assertEquals(Kind.LINEARIZABLE, search(write(1, 1, never), read(0, 2, 3)).kind());
    assertEquals(Kind.LINEARIZABLE, search(write(1, 1, never), read(1, 2, 3)).kind());
    SearchResult back = search(write(1, 1, never), read(1, 2, 3), read(0, 4, 5));
    assertEquals(Kind.NOT_LINEARIZABLE, back.kind());
  }

  @Test
  void search_whoseTimeIsOver_knowsNothing() {
    List<Operation<Integer>> many = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      many.add(write(i, 1, 100));
    }
    many.add(read(99, 1, 100));
    int[] steps = {1000};
    assertEquals(Kind.UNKNOWN, Linearization.search(many, 0, () -> --steps[0] > 0).kind());
    assertEquals(
        Kind.NOT_LINEARIZABLE, Linearization.search(many.subList(8, 13), 0, () -> true).kind());
  }
}
