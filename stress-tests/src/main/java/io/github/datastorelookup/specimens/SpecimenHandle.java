package io.github.datastorelookup.specimens;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import java.util.concurrent.ConcurrentMap;

/** A granted handle: its drop counts first and releases the files afterwards (P9). */
final class SpecimenHandle implements DatastoreHandle {
  private final BaseSpecimen specimen;
  private final SpecimenInstance instance;
  private final Operation operation;
  private final AtomicWord closed = new HeapWord(0);

  /** Takes over one reference to the instance. */
  SpecimenHandle(BaseSpecimen specimen, SpecimenInstance instance, Operation operation) {
    this.specimen = specimen;
    this.instance = instance;
    this.operation = operation;
  }

  @Override
  public String name() {
    return instance.section.name();
  }

  @Override
  public Operation operation() {
    return operation;
  }

  @Override
  public DatastoreSection section() {
    return instance.section;
  }

  @Override
  public ChunkStoreView chunkStore() {
    requireOpen();
    return instance.store.store;
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    return instance.state;
  }

  @Override
  public DatastoreHandle duplicate() {
    requireOpen();
    instance.references.add();
    specimen.countDuplicate(name(), operation);
    return new SpecimenHandle(specimen, instance, operation);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(0, 1)) {
      specimen.drop(name(), operation);
      instance.references.release();
    }
  }

  private void requireOpen() {
    if (closed.get() != 0) {
      throw new IllegalStateException("handle is closed: " + operation + " " + name());
    }
  }
}
