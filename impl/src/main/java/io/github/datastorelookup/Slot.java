package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one datastore in one process. Never removed, so that a word has one owner for ever.
 *
 * <p>While the word has no closing bit the chunk store is open and the instance present. Closing
 * bits, chunk store and instance change only while the mutex is held: the instance is published
 * before a closing bit goes, and forgotten after one was set.
 */
final class Slot {
  /** The callbacks of handles and views. */
  interface Owner {
    /**
     * D1: subtracts one operation and returns the word before. Throws only before it subtracted.
     */
    long takeBack(Slot slot, Operation operation);

    /**
     * D1: the rest of a drop.
     *
     * @param before what {@link #takeBack} returned
     */
    void dropped(Slot slot, Operation operation, long before);

    /**
     * D2: counts one more operation.
     *
     * @param sourceIsOpen called after the count; if false, the count is undone
     * @return the result of {@code sourceIsOpen}
     */
    boolean duplicate(Slot slot, Operation operation, BooleanSupplier sourceIsOpen);

    /** The one attribute map of this datastore. */
    ConcurrentMap<String, Object> attributes(String name);
  }

  private final Owner owner;
  private final String name;
  private final AtomicWord word;
  private final Mutex mutex;
  private final VolatileRef<Instance> instance;

  /** E1: whether closing failed half-way, so that files may stay open; guarded by the mutex. */
  private volatile boolean lost;

  /** The last result of {@link #sectionIn}. */
  private volatile @Nullable Found found;

  private Slot(Owner owner, String name, AtomicWord word, Sync sync) {
    this.owner = owner;
    this.name = name;
    this.word = word;
    this.mutex = sync.newMutex("mutex " + name);
    this.instance = sync.newVolatileRef("instance " + name, null);
  }

  /** A slot with nothing open. */
  static Slot of(Owner owner, String name, AtomicWord word, Sync sync) {
    return new Slot(owner, name, word, sync);
  }

  /** The protocol of this process. */
  Owner owner() {
    return owner;
  }

  /** The datastore. */
  String name() {
    return name;
  }

  /** The operation word, in the ledger. */
  AtomicWord word() {
    return word;
  }

  /** Held to open and close; never acquired while the config lock is held. */
  Mutex mutex() {
    return mutex;
  }

  /** Written with the mutex held, read by any thread; null while nothing is open. */
  VolatileRef<Instance> instance() {
    return instance;
  }

  /** The section in this config, or null. Looks it up once for each config. */
  @Nullable DatastoreSection sectionIn(DatastoreConfig config) {
    Found last = found;
    return last != null && last.config().refersTo(config) ? last.section() : find(config);
  }

  private @Nullable DatastoreSection find(DatastoreConfig config) {
    DatastoreSection section = config.find(name);
    try {
      found = new Found(new WeakReference<>(config), section);
    } catch (OutOfMemoryError e) {
      // A drop must not fail here: the next call looks it up again.
    }
    return section;
  }

  /** The section of a config. A weak reference, so that an idle slot keeps no old config alive. */
  private record Found(WeakReference<DatastoreConfig> config, @Nullable DatastoreSection section) {}

  /** Whether the word stays CLOSING for ever. Call with the mutex held. */
  boolean isLost() {
    return lost;
  }

  /** From now on no thread opens or closes files here. Call with the mutex held. */
  void lose() {
    lost = true;
  }

  @Override
  public String toString() {
    return "Slot[name=" + name + "]";
  }
}
