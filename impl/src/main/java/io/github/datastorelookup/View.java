package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import java.util.concurrent.ConcurrentMap;

/** A granted LOOKUP: looks at memory, is not counted, and has nothing to give back. */
final class View implements DatastoreHandle {
  private final Protocol protocol;
  private final DatastoreSection section;
  private volatile boolean closed;

  View(Protocol protocol, DatastoreSection section) {
    this.protocol = protocol;
    this.section = section;
  }

  @Override
  public String name() {
    return section.name();
  }

  @Override
  public Operation operation() {
    return Operation.LOOKUP;
  }

  @Override
  public DatastoreSection section() {
    return section;
  }

  @Override
  public ChunkStore chunkStore() {
    throw new IllegalStateException("operation=LOOKUP has no chunk store: " + this);
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    return protocol.attributes().of(section.name());
  }

  @Override
  public DatastoreHandle duplicate() {
    if (closed) {
      throw new IllegalStateException("handle is closed: " + this);
    }
    return new View(protocol, section);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "LOOKUP " + section.name();
  }
}
