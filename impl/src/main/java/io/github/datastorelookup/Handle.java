package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A granted handle: 32 bytes, of which the only thing that changes is whether it is closed. */
final class Handle implements DatastoreHandle {
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED = MethodHandles.lookup().findVarHandle(Handle.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Protocol protocol;
  private final Operation operation;
  private final DatastoreSection section;
  private final @Nullable Slot slot;
  private final @Nullable ChunkStore store;

  @SuppressWarnings("UnusedVariable") // by VarHandle
  private volatile boolean closed;

  /** A counted handle of this slot, or with neither slot nor store a LOOKUP handle. */
  Handle(
      Protocol protocol,
      Operation operation,
      DatastoreSection section,
      @Nullable Slot slot,
      @Nullable ChunkStore store) {
    this.protocol = protocol;
    this.operation = operation;
    this.section = section;
    this.slot = slot;
    this.store = store;
  }

  @Override
  public String name() {
    return section.name();
  }

  @Override
  public Operation operation() {
    return operation;
  }

  @Override
  public DatastoreSection section() {
    return section;
  }

  @Override
  public ChunkStore chunkStore() {
    if (store == null) {
      throw new IllegalStateException("operation=LOOKUP has no chunk store: " + this);
    }
    if (closed) {
      throw closed();
    }
    return store;
  }

  @Override
  public ConcurrentMap<String, Object> state() {
    return protocol.states().of(section.name());
  }

  @Override
  public Handle duplicate() {
    boolean open = slot == null ? !closed : protocol.duplicate(slot, operation, () -> !closed);
    if (!open) {
      throw closed();
    }
    return new Handle(protocol, operation, section, slot, store);
  }

  @Override
  public void close() {
    boolean unused = drop();
  }

  /** D1; says whether it was open. */
  boolean drop() {
    boolean first = CLOSED.compareAndSet(this, false, true);
    if (first && slot != null) {
      protocol.drop(slot, operation);
    }
    return first;
  }

  private IllegalStateException closed() {
    return new IllegalStateException("handle is closed: " + this);
  }

  @Override
  public String toString() {
    return operation + " " + section.name();
  }
}
