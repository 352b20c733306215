package io.github.datastorelookup.simulation;

import java.util.List;

/** Says at each decision who goes on. */
@FunctionalInterface
public interface Schedule {
  /** Chosen instead of a thread: the run is not worth going on with. */
  int STOP = -1;

  /**
   * Chooses.
   *
   * @return one of {@link Decision#choices}, or {@link #STOP}
   */
  int choose(Decision decision);

  /** A moment at which more than one thing could happen next. */
  interface Decision {
    /** The number of the thread that runs now, or -1 if it cannot go on. */
    int current();

    /**
     * The numbers of the threads that could go on, the current one first; last the number behind
     * those of all threads, if the victim of the run could be killed.
     */
    List<Integer> choices();

    /** Whether this choice kills the victim. */
    boolean kills(int choice);

    /**
     * All that decides what can happen from now on: the shared state, and for each thread what it
     * has seen. Costs some microseconds.
     */
    long state();
  }

  /** Nobody is interrupted: switches only when a thread cannot go on. */
  static Schedule none() {
    return decision -> decision.choices().get(0);
  }
}
