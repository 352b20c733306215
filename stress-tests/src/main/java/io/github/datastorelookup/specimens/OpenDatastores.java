package io.github.datastorelookup.specimens;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The map from names to instances that the threads of a process share, with its one mutex. */
final class OpenDatastores {
  private final Sync sync;
  private final ChunkStores stores;
  private final Mutex mutex;
  private final ConcurrentMap<String, SpecimenInstance> byName;

  OpenDatastores(Sync sync, ChunkStores stores) {
    this.sync = sync;
    this.stores = stores;
    this.mutex = sync.newMutex("mutex");
    this.byName = sync.newMap("map");
  }

  /** Runs work with the mutex held. */
  <T> T locked(Supplier<T> work) {
    mutex.lock();
    try {
      return work.get();
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Returns the instance of this version from the map, with one more reference. Mutex held.
   *
   * <p>Replaces one of another version by a new one on the same chunk store, wherever the section's
   * path leads now (P7, P15).
   */
  SpecimenInstance obtain(DatastoreSection section, @Nullable Object version) {
    SpecimenInstance known = byName.get(section.name());
    if (known != null && version != null && version.equals(known.version)) {
      known.references.add();
      return known;
    }
    SharedStore store;
    if (known == null) {
      store = SharedStore.open(stores, section.absolutePath());
    } else {
      store = known.store;
      store.references.add();
    }
    SpecimenInstance fresh = new SpecimenInstance(section, version, store, sync);
    fresh.references.add();
    byName.put(section.name(), fresh);
    if (known != null) {
      known.references.release();
    }
    return fresh;
  }

  /** Removes the instance of this name, in use or not (P2, P3, P13). Mutex held. */
  void removeLocked(String name) {
    SpecimenInstance removed = byName.remove(name);
    if (removed != null) {
      removed.references.release();
    }
  }

  /** Takes the mutex, and removes the instance of this name. */
  void remove(String name) {
    boolean unused =
        locked(
            () -> {
              removeLocked(name);
              return true;
            });
  }

  /** Removes the instances that have no section in the config. */
  void retain(DatastoreConfig config) {
    boolean unused =
        locked(
            () -> {
              byName.keySet().stream()
                  .filter(name -> config.find(name) == null)
                  .toList()
                  .forEach(this::removeLocked);
              return true;
            });
  }
}
