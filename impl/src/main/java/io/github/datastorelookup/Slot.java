package io.github.datastorelookup;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;

/**
 * The state of one datastore in one process. Never removed, so that a word has one owner for ever.
 *
 * <p>The chunk store is open, and the instance present, exactly while the word lacks {@code
 * CLOSED}; both change only while the mutex is held.
 *
 * @param owner the protocol of this process
 * @param name the datastore
 * @param word the operation word, in the ledger
 * @param mutex held to open and close; never acquired while the config lock is held
 * @param instance written with the mutex held, read by any thread; null while nothing is open
 */
record Slot(
    HandleOwner owner, String name, AtomicWord word, Mutex mutex, VolatileRef<Instance> instance) {
  /** A slot with nothing open. */
  static Slot of(HandleOwner owner, String name, AtomicWord word, Sync sync) {
    return new Slot(owner, name, word, sync.newMutex(), sync.newVolatileRef(null));
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
