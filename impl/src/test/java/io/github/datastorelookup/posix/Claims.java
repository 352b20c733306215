package io.github.datastorelookup.posix;

import java.util.Set;
import java.util.stream.Collectors;

/** The files that this JVM has claimed: one that is left keeps them from being opened again. */
final class Claims {
  private Claims() {}

  /** Those of all class loaders, as they are now. */
  static Set<String> all() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(JvmClaims.PREFIX))
        .collect(Collectors.toSet());
  }
}
