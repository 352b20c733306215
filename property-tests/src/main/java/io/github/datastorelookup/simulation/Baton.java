package io.github.datastorelookup.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a thread needs in order to run. Passing it happens before going on with it. */
final class Baton {
  private static final int YIELDS = 200;

  private volatile boolean here;
  private volatile @Nullable Thread parked;

  /** Gives it to whoever waits for it, or will. */
  void pass() {
    here = true;
    Thread waiting = parked;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** Waits for it, and takes it. */
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
