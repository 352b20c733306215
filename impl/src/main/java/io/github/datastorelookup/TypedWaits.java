package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;

/** Waits that end in typed exceptions. */
record TypedWaits(Sync sync) {
  /**
   * Waits for the slot's mutex.
   *
   * @throws DatastoreException.LockTimeout when other threads held it all the time
   * @throws DatastoreException.Interrupted when the thread was interrupted
   */
  void lock(Slot slot, long timeoutNanos) {
    try {
      if (!slot.mutex().tryLock(timeoutNanos)) {
        throw DatastoreException.LockTimeout.ofDatastore(slot.name(), timeoutNanos);
      }
    } catch (InterruptedException e) {
      throw new DatastoreException.Interrupted("datastore '" + slot.name() + "'", e);
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
