package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import java.util.concurrent.ConcurrentMap;

/** A granted LOOKUP: reads memory only, is not counted, and has nothing to release. */
final class View implements DatastoreHandle {
  private final Slot.Owner owner;
  private final DatastoreSection section;
  private volatile boolean closed;

  View(Slot.Owner owner, DatastoreSection section) {
    this.owner = owner;
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
  public ChunkStoreView chunkStore() {
    throw new IllegalStateException("operation=LOOKUP has no chunk store: " + this);
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    return owner.attributes(section.name());
  }

  @Override
  public DatastoreHandle duplicate() {
    if (closed) {
      throw new IllegalStateException("handle is closed: " + this);
    }
    return new View(owner, section);
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
