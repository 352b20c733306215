package io.github.datastorelookup.simulation;

import java.util.Map;

/** Says at each scheduling point who goes on. */
@FunctionalInterface
public interface Schedule {
  /**
   * Chooses.
   *
   * @param runnable how many threads could run; the one that runs now is number 0 if it can go on
   * @return a number below {@code runnable}
   */
  int choose(int runnable);

  /** Nobody is interrupted: switches only when a thread cannot go on. */
  static Schedule none() {
    return runnable -> 0;
  }

  /**
   * Another thread goes on at these points, counted from 0 over the points at which two or more
   * could run; at all others nobody is interrupted.
   *
   * @param switches by point, which of the others: from 1
   */
  static Schedule switchingAt(Map<Integer, Integer> switches) {
    return new Schedule() {
      private int next;

      @Override
      public int choose(int runnable) {
        return Math.min(switches.getOrDefault(next++, 0), runnable - 1);
      }
    };
  }
}
