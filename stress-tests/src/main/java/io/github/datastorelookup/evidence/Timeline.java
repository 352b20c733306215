package io.github.datastorelookup.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The uses of one datastore by time, so that a question about a moment need not look at all. */
final class Timeline {
  private final List<Use> byBegin;
  private final long longest;

  Timeline(List<Use> uses) {
    this.byBegin = new ArrayList<>(uses);
    byBegin.sort(Comparator.comparingLong(Use::possibleFrom));
    this.longest = uses.stream().mapToLong(Timeline::length).max().orElse(0);
  }

  private static long length(Use use) {
    return use.possibleUntil() == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : use.possibleUntil() - use.possibleFrom();
  }

  /** Those that may have been counted at some time in between. */
  List<Use> within(long from, long until) {
    List<Use> found = new ArrayList<>();
    for (int i = firstWithin(from); i < byBegin.size(); i++) {
      Use use = byBegin.get(i);
      if (use.possibleFrom() > until) {
        break;
      }
      if (use.possiblyWithin(from, until)) {
        found.add(use);
      }
    }
    return found;
  }

  /** Whether even the longest use, begun then, had ended. Standing intervals have no begin. */
  private boolean endsBefore(long begun, long from) {
    return begun < from && from - begun > longest;
  }

  /** The first that began late enough to last until then. */
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
