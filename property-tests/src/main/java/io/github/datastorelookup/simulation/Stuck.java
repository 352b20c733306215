package io.github.datastorelookup.simulation;

/** No thread can go on, or they go on for ever. */
public final class Stuck extends AssertionError {
  private static final long serialVersionUID = 1L;

  Stuck(String message) {
    super(message);
  }
}
