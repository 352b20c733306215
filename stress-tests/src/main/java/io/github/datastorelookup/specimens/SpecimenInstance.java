package io.github.datastorelookup.specimens;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.Sync;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A datastore as one version of the config has it. Lives as long as the map of open datastores or a
 * handle refers to it.
 */
final class SpecimenInstance {
  final DatastoreSection section;
  final @Nullable Object version;
  final SharedStore store;
  final References references;

  /** State that is kept per instance, and lost with it (P15). */
  final ConcurrentMap<String, Object> state;

  /** Takes over one reference to the store. */
  SpecimenInstance(
      DatastoreSection section, @Nullable Object version, SharedStore store, Sync sync) {
    this.section = section;
    this.version = version;
    this.store = store;
    this.references = new References(store.references::release);
    this.state = sync.newMap("state");
  }

  @Override
  public String toString() {
    return "instance of " + version;
  }
}
