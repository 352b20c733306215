package io.github.datastorelookup.processes;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.port.Generations.Generation;

/** INV-8: the generation never goes back, and stands still while nobody edits. */
final class GenerationWatch {
  private static final String INVARIANT = "INV-8";

  private final Generation generation;
  private long last;
  private long highest = -1; // unsigned: no limit

  GenerationWatch(Generation generation) {
    this.generation = generation;
    this.last = generation.get();
  }

  /** From now on there may be only so many bumps. */
  void allowBumps(int more) {
    highest = generation.get() + more;
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
