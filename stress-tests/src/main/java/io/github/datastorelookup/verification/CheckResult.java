package io.github.datastorelookup.verification;

import org.jspecify.annotations.Nullable;

/**
 * What one check did: a test case, a race, a mutant.
 *
 * @param group the class, or whatever holds the check
 * @param name the check in it
 * @param seconds how long it took
 * @param outcome what came out
 * @param message why, when it did not pass
 */
public record CheckResult(
    String group, String name, double seconds, Outcome outcome, @Nullable String message) {

  /** What came out of a check. */
  public enum Outcome {
    /** It ran and held. */
    PASSED,
    /** It ran and did not hold, or could not run. */
    FAILED,
    /** It did not run, for a reason that it declares. */
    DECLARED_SKIP
  }
}
