package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import java.util.concurrent.ConcurrentMap;

/**
 * A handle in a process of a port.
 *
 * @param number by which the messages name it
 */
record PortHandle(PortRegistry registry, int number, Operation operation, DatastoreSection section)
    implements DatastoreHandle {
  @Override
  public String name() {
    return section.name();
  }

  @Override
  public ChunkStoreView chunkStore() {
    throw new UnsupportedOperationException("the files are the port's");
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
}
