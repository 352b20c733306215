package io.github.datastorelookup.history;

import org.jspecify.annotations.Nullable;

/**
 * One handle, or the attempt to acquire one.
 *
 * <p>The handle was certainly live between {@code from} and {@code until}, and may have been
 * counted between {@code possibleFrom} and {@code possibleUntil}.
 *
 * @param asked the line before the call
 * @param granted the line after the grant; null if it was refused, or the process killed
 * @param dropping the line before the drop; null if the process was killed first
 */
record HandleInterval(
    LogLine asked,
    @Nullable LogLine granted,
    @Nullable LogLine dropping,
    long possibleFrom,
    long from,
    long until,
    long possibleUntil) {
  String name() {
    return asked.name();
  }

  /** READ, WRITE or LOOKUP. */
  String operation() {
    return asked.word(0);
  }

  boolean counted() {
    return !operation().equals("LOOKUP");
  }

  /** Whether it was certainly live at some time in between. */
  boolean certainlyWithin(long begin, long end) {
    return granted != null && Math.max(from, begin) < Math.min(until, end);
  }

  /** Whether it was certainly live all the time. */
  boolean certainlyThroughout(long begin, long end) {
    return granted != null && from <= begin && end <= until;
  }

  /** Whether it may have been counted at some time in between. */
  boolean possiblyWithin(long begin, long end) {
    return possibleFrom <= end && begin <= possibleUntil;
  }

  /** Its story in one or two lines. */
  String story(History history) {
    return "  " + (granted == null ? asked : granted) + "\n  " + history.ending(this);
  }
}
