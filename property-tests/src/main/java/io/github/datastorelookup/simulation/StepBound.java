package io.github.datastorelookup.simulation;

import java.util.Locale;

/** Counts the steps of one command after the other: each has to end within a bound. */
final class StepBound {
  /** The longest command that comes to its end, a drain that polls, needs about 1,000. */
  static final int MOST = 10_000;

  private String command = "the program";
  private int steps;

  void begins(String next) {
    command = next;
    steps = 0;
  }

  /**
   * Counts a step.
   *
   * @throws Stuck when it is one too many
   */
  void step() {
    if (++steps > MOST) {
      throw new Stuck(String.format(Locale.ROOT, "%s: no end after %d steps", command, MOST));
    }
  }
}
