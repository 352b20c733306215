package io.github.datastorelookup.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread's right to run. Passing it happens before the next thread continues. */
final class Baton {
  private static final int YIELDS = 200;

  private volatile boolean here;
  private volatile @Nullable Thread parked;

  /** Passes it to the thread that waits for it, now or later. */
  void pass() {
    here = true;
    Thread waiting = parked;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** Waits for the baton, and takes it. */
  @SuppressWarnings("ThreadPriorityCheck") // yields a while before it parks: ten times as fast
  void await() {
    for (int yields = 0; !here; yields++) {
      if (yields < YIELDS) {
        Thread.yield();
      } else {
        parked = Thread.currentThread();
        if (!here) {
          LockSupport.park(this);
        }
      }
    }
    parked = null;
    here = false;
  }
}
