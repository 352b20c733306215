package io.github.datastorelookup.simulation;

import java.util.List;

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
   * The choices of a list, one for each point, modulo what is possible; then nobody is interrupted.
   */
  static Schedule of(List<Integer> choices) {
    return new Schedule() {
      private int next;

      @Override
      public int choose(int runnable) {
        return next < choices.size() ? Math.floorMod(choices.get(next++), runnable) : 0;
      }
    };
  }
}
