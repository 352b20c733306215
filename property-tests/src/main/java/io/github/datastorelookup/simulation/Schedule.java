package io.github.datastorelookup.simulation;

import java.util.List;

/** Chooses at each decision the thread that continues, or the value that it reads. */
@FunctionalInterface
public interface Schedule {
  /** Chosen instead of a thread: the run is not worth continuing. */
  int STOP = -1;

  /** The number of the newest value that an access can read; older ones follow. */
  int NEWEST = 100;

  /**
   * Chooses.
   *
   * @return one of {@link Decision#choices}, or {@link #STOP}
   */
  int choose(Decision decision);

  /** A moment with more than one possible next step. */
  interface Decision {
    /** The number of the thread that runs now, or -1 if it cannot continue. */
    int current();

    /**
     * The numbers of the threads that can continue, the current one first; or from {@link #NEWEST}
     * on those of the values that it can read. The last number is that after all threads, if the
     * victim of the run can be killed.
     */
    List<Integer> choices();

    /** Whether this choice kills the victim. */
    boolean kills(int choice);

    /**
     * The fingerprint of all that decides the rest of the run: the shared state, and what each
     * thread has seen. Costs some microseconds.
     */
    long state();
  }

  /** Interrupts no thread: switches only when a thread cannot continue. */
  static Schedule none() {
    return decision -> decision.choices().get(0);
  }
}
