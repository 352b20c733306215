package io.github.datastorelookup.specimens;

import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.AtomicWord;

/** How many refer to something; the last one to go runs its end. */
final class References {
  private final AtomicWord number = new HeapWord(1);
  private final Runnable end;

  /** One reference. */
  References(Runnable end) {
    this.end = end;
  }

  /** One more. */
  void add() {
    long before = number.getAndAdd(1);
    if (before <= 0) {
      throw new IllegalStateException("nobody referred to it any more");
    }
  }

  /** One less. */
  void release() {
    if (number.getAndAdd(-1) == 1) {
      end.run();
    }
  }
}
