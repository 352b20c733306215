package io.github.datastorelookup.history;

import org.jspecify.annotations.Nullable;

/**
 * One call, from the line before it to the line after it.
 *
 * @param start written before the call
 * @param end written after it; null when the process was killed first
 * @param over when it can have had its last effect: at {@code end}, or when the process was gone
 */
record Call(LogLine start, @Nullable LogLine end, long over) {
  /** Whether it returned, and was not refused. */
  boolean acknowledged() {
    return end != null && end.event() != Event.REFUSED;
  }

  /** Whether it was refused. */
  boolean refused() {
    return end != null && end.event() == Event.REFUSED;
  }

  /** The line that tells most: the end, or without one the start. */
  LogLine told() {
    return end == null ? start : end;
  }
}
