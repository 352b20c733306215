package io.github.datastorelookup.checks;

import java.security.SecureRandom;

/** The one source of all randomness of a run; {@code -Dseed=n}, 0 or absent draws one. */
public final class Seed {
  private static final long SEED = drawn(Long.getLong("seed", 0));

  private Seed() {}

  /** The seed of this JVM. */
  public static long current() {
    return SEED;
  }

  private static long drawn(long given) {
    return given != 0 ? given : new SecureRandom().nextLong() >>> 1 | 1;
  }
}
