package io.github.datastorelookup.verification.mutants;

/** A mutant that could not be tried: an error of the run, neither a kill nor a survivor. */
public final class MutantException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, and where. */
  public MutantException(String message) {
    super(message);
  }

  /** With what is wrong, and why. */
  public MutantException(String message, Throwable cause) {
    super(message, cause);
  }
}
