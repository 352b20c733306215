package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;

/** Waits that end in typed exceptions. */
record TypedWaits(Sync sync) {
  /**
   * Waits for the mutex.
   *
   * @param what names it in messages
   * @throws DatastoreException.LockTimeout when other threads held it all the time
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
   * @param what names in messages what the thread waits for
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
