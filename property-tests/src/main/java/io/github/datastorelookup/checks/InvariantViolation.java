package io.github.datastorelookup.checks;

/** Thrown by the oracle. Nothing else kills a mutant. */
public final class InvariantViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String invariant;

  /**
   * A broken invariant.
   *
   * @param invariant its id, {@code INV-1} to {@code INV-15}
   * @param what the observation, with the values
   */
  public InvariantViolation(String invariant, String what) {
    super(invariant + " broken: " + what);
    this.invariant = invariant;
  }

  /** The same, with the story that led to it. */
  public InvariantViolation after(String story) {
    String what = String.valueOf(getMessage()).replaceFirst("^" + invariant + " broken: ", "");
    InvariantViolation told = new InvariantViolation(invariant, what + "\n" + story);
    told.setStackTrace(getStackTrace());
    return told;
  }

  /** The id of the invariant, such as {@code INV-6}. */
  public String invariant() {
    return invariant;
  }
}
