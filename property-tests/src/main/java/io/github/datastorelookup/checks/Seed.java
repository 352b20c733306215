package io.github.datastorelookup.checks;

import java.security.SecureRandom;
import java.util.Set;

/** The one source of all randomness of a run; {@code -Dseed=n}, 0 or absent draws one. */
public final class Seed {
  private static final long DRAWN = new SecureRandom().nextLong() >>> 1 | 1;

  private Seed() {}

  /** Whether the caller chose the seed. */
  public static boolean isGiven() {
    return !Set.of("", "0").contains(System.getProperty("seed", ""));
  }

  /**
   * The seed of this JVM.
   *
   * @throws IllegalArgumentException when the given seed is no number
   */
  public static long current() {
    String given = System.getProperty("seed", "");
    try {
      long seed = given.isEmpty() ? 0 : Long.parseLong(given);
      return seed != 0 ? seed : DRAWN;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "seed=" + given + ", expected a whole number; 0 draws one", e);
    }
  }
}
