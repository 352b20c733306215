package io.github.datastorelookup.simulation;

/** Ends a simulated thread whose process was killed; thrown again by each call it still tries. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("the process of this thread was killed", null, false, false);
  }
}
