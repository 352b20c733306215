package io.github.datastorelookup.portkit;

import java.util.Locale;

/** What a run of the kit came to. */
enum Verdict {
  HOLDS,
  BROKEN,
  /** Too little happened to say. */
  UNKNOWN;

  /** That of two modes: one that is broken decides, and then one that says too little. */
  Verdict and(Verdict other) {
    return this == BROKEN || other == HOLDS ? this : other;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  int exitCode() {
    return switch (this) {
      case HOLDS -> 0;
      case BROKEN -> 1;
      case UNKNOWN -> 2;
    };
  }
}
