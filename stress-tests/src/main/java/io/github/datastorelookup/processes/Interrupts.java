package io.github.datastorelookup.processes;

import org.jspecify.annotations.Nullable;

/**
 * Lets another thread interrupt this one while it is inside of a call of the library, and nowhere
 * else. Thread-safe.
 */
final class Interrupts {
  private @Nullable Thread inside;

  /** A call begins. */
  synchronized void enter() {
    inside = Thread.currentThread();
  }

  /** It is over; says whether the thread was left interrupted, and clears that. */
  synchronized boolean leave() {
    inside = null;
    return Thread.interrupted();
  }

  /** Interrupts the thread if it is inside. */
  synchronized void interrupt() {
    if (inside != null) {
      inside.interrupt();
    }
  }
}
