package io.github.datastorelookup.oracle;

import java.util.List;

/**
 * How a list goes on at some place: with so many elements, so many times in a row.
 *
 * @param times 1 for elements that do not repeat
 */
record Repeat(int length, int times) {
  /** The longest part that is looked for: a drain's poll of some processes is shorter. */
  private static final int LONGEST = 60;

  /** Fewer elements are not worth a remark. */
  private static final int LEAST_SAVED = 3;

  /** The repeat that leaves out the most elements from this place on. */
  static Repeat at(List<?> all, int from) {
    Repeat best = new Repeat(1, 1);
    for (int length = 1; length <= LONGEST && from + 2 * length <= all.size(); length++) {
      Repeat here = new Repeat(length, times(all, from, length));
      best = here.saved() > best.saved() ? here : best;
    }
    return best.saved() < LEAST_SAVED ? new Repeat(1, 1) : best;
  }

  private static int times(List<?> all, int from, int length) {
    int times = 1;
    int next = from + length;
    while (next + length <= all.size()
        && all.subList(from, from + length).equals(all.subList(next, next + length))) {
      times++;
      next += length;
    }
    return times;
  }

  /** How many elements need not be shown. */
  int saved() {
    return length * (times - 1);
  }
}
