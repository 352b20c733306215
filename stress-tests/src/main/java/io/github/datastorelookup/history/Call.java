package io.github.datastorelookup.history;

import org.jspecify.annotations.Nullable;

/**
 * One call, from the line before it to the line after it.
 *
 * @param start the line before the call
 * @param end the line after it; null if the process was killed first
 * @param over the latest time of an effect: at {@code end}, or when the process was gone
 */
record Call(LogLine start, @Nullable LogLine end, long over) {
  /** Whether the call returned without a refusal. */
  boolean acknowledged() {
    return end != null && end.event() != Event.REFUSED;
  }

  /** Whether the call was refused. */
  boolean refused() {
    return end != null && end.event() == Event.REFUSED;
  }

  /** The more informative line: the end, or the start if there is no end. */
  LogLine told() {
    return end == null ? start : end;
  }
}
