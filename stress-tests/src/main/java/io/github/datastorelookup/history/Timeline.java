package io.github.datastorelookup.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The intervals of one datastore sorted by time, so that a query need not visit all of them. */
final class Timeline {
  private final List<HandleInterval> byBegin;
  private final long longest;

  Timeline(List<HandleInterval> intervals) {
    this.byBegin = new ArrayList<>(intervals);
    byBegin.sort(Comparator.comparingLong(HandleInterval::possibleFrom));
    this.longest = intervals.stream().mapToLong(Timeline::length).max().orElse(0);
  }

  private static long length(HandleInterval interval) {
    return interval.possibleUntil() == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : interval.possibleUntil() - interval.possibleFrom();
  }

  /** The intervals that may have been counted at some time in between. */
  List<HandleInterval> within(long from, long until) {
    List<HandleInterval> found = new ArrayList<>();
    for (int i = firstWithin(from); i < byBegin.size(); i++) {
      HandleInterval interval = byBegin.get(i);
      if (interval.possibleFrom() > until) {
        break;
      }
      if (interval.possiblyWithin(from, until)) {
        found.add(interval);
      }
    }
    return found;
  }

  /** Whether even the longest interval, begun then, had ended. Standing ones have no beginning. */
  private boolean endsBefore(long begun, long from) {
    return begun < from && from - begun > longest;
  }

  /** The index of the first interval that began late enough to last until then. */
  private int firstWithin(long from) {
    int low = 0;
    int high = byBegin.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (endsBefore(byBegin.get(middle).possibleFrom(), from)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
