package io.github.datastorelookup.rules;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A condition that an invariant demands.
 *
 * @param holds whether it is met
 * @param invariant the id of the invariant
 */
public record Require(boolean holds, String invariant) {
  /** A condition that an invariant demands. */
  public static Require require(boolean holds, String invariant) {
    return new Require(holds, invariant);
  }

  /** Reports the invariant as broken, in these words, unless the condition holds. */
  @SuppressWarnings("AnnotateFormatMethod") // not worth a dependency
  public void or(String words, @Nullable Object... values) {
    if (!holds) {
      throw new InvariantViolation(invariant, String.format(Locale.ROOT, words, values));
    }
  }
}
