package io.github.datastorelookup.simulation;

/** Thrown when no thread can continue, or the threads run for ever. */
public final class Stuck extends AssertionError {
  private static final long serialVersionUID = 1L;

  Stuck(String message) {
    super(message);
  }
}
