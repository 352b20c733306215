package io.github.datastorelookup;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;

/**
 * What one process has of one datastore. Never removed, so that a word has one owner for ever.
 *
 * <p>The chunk store is open, and the instance there, exactly while the word has not {@code
 * CLOSED}; both change only with the mutex held.
 */
final class Slot {
  /** Whose slot it is. */
  final Protocol protocol;

  /** The datastore. */
  final String name;

  /** The operation word, in the ledger. */
  final AtomicWord word;

  /** Held to open and close; never together with the config lock. */
  final Mutex mutex;

  /** Written with the mutex held; read by anybody. Null while nothing is open. */
  final VolatileRef<Instance> instance;

  Slot(Protocol protocol, String name, AtomicWord word, Sync sync) {
    this.protocol = protocol;
    this.name = name;
    this.word = word;
    this.mutex = sync.newMutex();
    this.instance = sync.newVolatileRef(null);
  }
}
