package io.github.datastorelookup.weak;

import java.util.Arrays;

/**
 * What a thread knows, or a write or a lock tells: for each location the oldest write that may
 * still be read, and for each thread how much of what it did happened before. Both are numbers that
 * only grow, by index; what was never set is 0.
 */
final class View {
  private int[] at = {};

  static View of(View other) {
    View copy = new View();
    copy.at = other.at.clone();
    return copy;
  }

  int get(int index) {
    return index < at.length ? at[index] : 0;
  }

  void raise(int index, int to) {
    if (index >= at.length) {
      at = Arrays.copyOf(at, index + 8);
    }
    at[index] = Math.max(at[index], to);
  }

  void join(View other) {
    if (other.at.length > at.length) {
      at = Arrays.copyOf(at, other.at.length);
    }
    for (int i = 0; i < other.at.length; i++) {
      at[i] = Math.max(at[i], other.at[i]);
    }
  }
}
