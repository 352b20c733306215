package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;

/** Waiting, with typed refusals. */
final class Waits {
  private final Sync sync;

  Waits(Sync sync) {
    this.sync = sync;
  }

  /**
   * Waits for the mutex.
   *
   * @throws DatastoreException.LockTimeout when others had it all the time
   * @throws DatastoreException.Interrupted when the thread was interrupted
   */
  void lock(Mutex mutex, long timeoutNanos, String what) {
    try {
      if (!mutex.tryLock(timeoutNanos)) {
        throw new DatastoreException.LockTimeout(what, timeoutNanos);
      }
    } catch (InterruptedException e) {
      throw new DatastoreException.Interrupted(what, e);
    }
  }

  /**
   * Lets time pass.
   *
   * @throws DatastoreException.Interrupted when the thread was interrupted
   */
  void pause(long nanos, String what) {
    try {
      sync.pause(nanos);
    } catch (InterruptedException e) {
      throw new DatastoreException.Interrupted(what, e);
    }
  }
}
