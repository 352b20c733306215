package io.github.datastorelookup.processes;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.port.Generations.Generation;

/** INV-8: the generation never goes back, and stands still while no edit is made. */
final class GenerationWatch {
  private static final String INVARIANT = "INV-8";
  private static final long NO_LIMIT = -1; // unsigned

  private final Generation generation;
  private long last;
  private long highest = NO_LIMIT;

  GenerationWatch(Generation generation) {
    this.generation = generation;
    this.last = generation.get();
  }

  /** From now on no process may bump. */
  void standStill() {
    highest = generation.get();
  }

  /** A process that notices a manual edit tells the others. */
  void allowOneMore() {
    highest++;
  }

  /** From now on there are saves. */
  void run() {
    look();
    highest = NO_LIMIT;
  }

  /** Looks once. */
  void look() {
    long now = generation.get();
    if (Long.compareUnsigned(now, last) < 0) {
      throw new InvariantViolation(
          INVARIANT,
          "the generation went back: before="
              + Long.toUnsignedString(last)
              + " now="
              + Long.toUnsignedString(now));
    }
    if (Long.compareUnsigned(now, highest) > 0) {
      throw new InvariantViolation(
          INVARIANT,
          "somebody bumps though nobody edits: expected at most="
              + Long.toUnsignedString(highest)
              + " now="
              + Long.toUnsignedString(now));
    }
    last = now;
  }
}
