package io.github.datastorelookup;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

/**
 * The state of one datastore in one process. Never removed, so that a word has one owner for ever.
 *
 * <p>While the word has no closing bit the chunk store is open and the instance present. Closing
 * bits, chunk store and instance change only while the mutex is held: the instance is published
 * before a closing bit goes, and forgotten after one was set.
 *
 * @param owner the protocol of this process
 * @param name the datastore
 * @param word the operation word, in the ledger
 * @param mutex held to open and close; never acquired while the config lock is held
 * @param instance written with the mutex held, read by any thread; null while nothing is open
 */
record Slot(
    Owner owner, String name, AtomicWord word, Mutex mutex, VolatileRef<Instance> instance) {
  /** What handles and views call back. */
  interface Owner {
    /** D1: drops a counted operation. */
    void drop(Slot slot, Operation operation);

    /**
     * D2: counts one operation more.
     *
     * @param sourceIsOpen asked after the count; if false, the count is undone
     * @return what it answered
     */
    boolean duplicate(Slot slot, Operation operation, BooleanSupplier sourceIsOpen);

    /** The one attribute map of this datastore. */
    ConcurrentMap<String, Object> attributes(String name);
  }

  /** A slot with nothing open. */
  static Slot of(Owner owner, String name, AtomicWord word, Sync sync) {
    return new Slot(
        owner,
        name,
        word,
        sync.newMutex("mutex " + name),
        sync.newVolatileRef("instance " + name, null));
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
