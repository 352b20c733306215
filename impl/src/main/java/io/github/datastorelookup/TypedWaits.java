package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;

/** Waits that end in typed exceptions. */
record TypedWaits(Sync sync) {
  /**
   * Waits for the slot's mutex.
   *
   * @throws DatastoreException.LockTimeout when other threads kept it for the whole timeout
   * @throws DatastoreException.Interrupted when the thread was interrupted
   */
  void lock(Slot slot, long timeoutNanos) {
    try {
      if (!slot.mutex().tryLock(timeoutNanos)) {
        throw DatastoreException.LockTimeout.ofDatastore(slot.name(), timeoutNanos);
      }
    } catch (InterruptedException e) {
      throw DatastoreException.Interrupted.ofDatastore(slot.name(), "", e);
    }
  }

  /**
   * Lets time pass.
   *
   * @param name of the datastore for which the thread waits
   * @param why follows the name in the message
   * @throws DatastoreException.Interrupted when the thread was interrupted
   */
  void pause(long nanos, String name, String why) {
    try {
      sync.pause(nanos);
    } catch (InterruptedException e) {
      throw DatastoreException.Interrupted.ofDatastore(name, why, e);
    }
  }
}
