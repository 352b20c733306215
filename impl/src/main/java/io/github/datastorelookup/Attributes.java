package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.port.Sync;
import java.util.concurrent.ConcurrentMap;

/** The attribute maps of the datastores, kept while their files are open or closed. Thread-safe. */
final class Attributes {
  private final Sync sync;
  private final ConcurrentMap<String, ConcurrentMap<String, Object>> byName;

  Attributes(Sync sync) {
    this.sync = sync;
    this.byName = sync.newMap("attributes");
  }

  /** The one map of this datastore. */
  ConcurrentMap<String, Object> of(String name) {
    return byName.computeIfAbsent(name, key -> sync.newMap("attributes " + key));
  }

  /** Forgets the datastores that have no section any more. */
  void retain(DatastoreConfig config) {
    byName.keySet().removeIf(name -> config.find(name) == null);
  }
}
