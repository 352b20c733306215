package io.github.datastorelookup.portkit;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A handle that the port granted.
 *
 * @param number by which the messages name it
 * @param store the files that it uses; null for a LOOKUP
 */
record SteppedHandle(
    SteppedRegistry registry,
    int number,
    Operation operation,
    DatastoreSection section,
    @Nullable ChunkStore store)
    implements DatastoreHandle {
  @Override
  public String name() {
    return section.name();
  }

  @Override
  public ChunkStoreView chunkStore() {
    return Objects.requireNonNull(store, "a LOOKUP has no files");
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    throw new UnsupportedOperationException("ports are not asked for attributes");
  }

  @Override
  public DatastoreHandle duplicate() {
    return registry.duplicate(this);
  }

  @Override
  public void close() {
    registry.close(this);
  }

  @Override
  public String toString() {
    return operation + " handle " + number + " of " + name();
  }
}
