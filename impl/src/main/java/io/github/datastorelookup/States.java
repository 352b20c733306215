package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.port.Seam;
import java.util.concurrent.ConcurrentMap;

/**
 * What this process remembers of its datastores, whether their files are open or not. Thread-safe.
 */
final class States {
  private final Seam seam;
  private final ConcurrentMap<String, ConcurrentMap<String, Object>> byName;

  States(Seam seam) {
    this.seam = seam;
    this.byName = seam.newMap();
  }

  /** The one map of this datastore. */
  ConcurrentMap<String, Object> of(String name) {
    return byName.computeIfAbsent(name, key -> seam.newMap());
  }

  /** Forgets the datastores that have no section any more. */
  void forgetAllBut(DatastoreConfig config) {
    byName.keySet().removeIf(name -> config.find(name) == null);
  }
}
