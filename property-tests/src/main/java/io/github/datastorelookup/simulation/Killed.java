package io.github.datastorelookup.simulation;

/** Ends a simulated thread whose process was killed; each further call throws it again. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("the process of this thread was killed", null, false, false);
  }
}
