package io.github.datastorelookup.specimens;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.AtomicWord;

/** Counts references to something; the last release runs its end. */
final class References {
  private final AtomicWord number = new HeapWord(1);
  private final Runnable end;

  /** Starts with one reference. */
  References(Runnable end) {
    this.end = end;
  }

  /** Adds a reference. */
  void add() {
    long before = number.getAndAdd(1);
    if (before <= 0) {
      throw new IllegalStateException("the last reference was released before");
    }
  }

  /** Releases a reference. */
  void release() {
    if (number.getAndAdd(-1) == 1) {
      end.run();
    }
  }
}
