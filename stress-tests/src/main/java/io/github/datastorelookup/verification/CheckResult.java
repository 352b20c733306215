package io.github.datastorelookup.verification;

import org.jspecify.annotations.Nullable;

/**
 * The result of one check: a test case, a race, a mutant.
 *
 * @param group the class, or another holder of the check
 * @param name the check in it
 * @param seconds how long it took
 * @param outcome the outcome
 * @param message why, if it did not pass
 */
public record CheckResult(
    String group, String name, double seconds, Outcome outcome, @Nullable String message) {

  /** The outcome of a check. */
  public enum Outcome {
    /** It ran and held. */
    PASSED,
    /** It ran and did not hold, or could not run. */
    FAILED,
    /** It did not run, for a reason that it declares. */
    DECLARED_SKIP
  }
}
