package io.github.datastorelookup.processes;

import org.jspecify.annotations.Nullable;

/** Lets another thread interrupt this one, but only inside a call of the library. Thread-safe. */
final class Interrupts {
  private @Nullable Thread inside;

  /** Marks the beginning of a call. */
  synchronized void enter() {
    inside = Thread.currentThread();
  }

  /** Marks the end of a call; returns and clears the interrupt status of the thread. */
  synchronized boolean leave() {
    inside = null;
    return Thread.interrupted();
  }

  /** Interrupts the thread if it is inside a call. */
  synchronized void interrupt() {
    if (inside != null) {
      inside.interrupt();
    }
  }
}
