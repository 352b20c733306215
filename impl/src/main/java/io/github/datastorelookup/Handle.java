package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A granted READ or WRITE, in 32 bytes. Only the flag {@code closed} changes. */
final class Handle implements DatastoreHandle, BooleanSupplier {
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED = MethodHandles.lookup().findVarHandle(Handle.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Slot slot;
  private final Operation operation;
  private final DatastoreSection section;
  private final ChunkStore store;

  @SuppressWarnings("UnusedVariable") // by VarHandle
  private volatile boolean closed;

  /** A handle of an operation that is counted in this slot. */
  Handle(Slot slot, Operation operation, DatastoreSection section, ChunkStore store) {
    this.slot = slot;
    this.operation = operation;
    this.section = section;
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
  public ChunkStoreView chunkStore() {
    return chunkStore(this);
  }

  /** The chunk store. Keeps {@code holder} reachable while the caller uses it. */
  ChunkStoreView chunkStore(DatastoreHandle holder) {
    ChunkStore unused = openStore();
    return new Files(holder);
  }

  /** Never handed to callers: they could close it (INV-4, INV-9). */
  ChunkStore openStore() {
    if (closed) {
      throw closed();
    }
    return store;
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    return slot.owner().attributes(section.name());
  }

  @Override
  public Handle duplicate() {
    Handle copy = new Handle(slot, operation, section, store); // D2: before it is counted
    if (!slot.owner().duplicate(slot, operation, this)) {
      throw closed();
    }
    return copy;
  }

  @Override
  public void close() {
    boolean unused = drop();
  }

  /** D1: returns whether it was open. After an Error before the subtraction it is open again. */
  boolean drop() {
    if (!CLOSED.compareAndSet(this, false, true)) {
      return false;
    }
    long before = 0;
    boolean subtracted = false;
    try {
      before = slot.owner().takeBack(slot, operation);
      subtracted = true;
    } finally {
      if (!subtracted) {
        closed = false; // no call, which might fail as well
      }
    }
    slot.owner().dropped(slot, operation, before);
    return true;
  }

  /** D2: whether it is open. */
  @Override
  public boolean getAsBoolean() {
    return !closed;
  }

  private IllegalStateException closed() {
    return new IllegalStateException("handle is closed: " + this);
  }

  @Override
  public String toString() {
    return operation + " " + section.name();
  }

  /** Refers to the holder, so that leak detection finds no handle whose chunk store is in use. */
  private final class Files implements ChunkStoreView {
    private final DatastoreHandle holder;

    Files(DatastoreHandle holder) {
      this.holder = holder;
    }

    @Override
    public String path() {
      return store.path();
    }

    @Override
    public FileIdentity identity() {
      return store.identity();
    }

    @Override
    public boolean writable() {
      return store.writable();
    }

    @Override
    public @Nullable Guard tryShared() throws IOException {
      try {
        return openStore().tryShared();
      } finally {
        Reference.reachabilityFence(holder);
      }
    }

    @Override
    public @Nullable Guard tryExclusive() throws IOException {
      try {
        return openStore().tryExclusive();
      } finally {
        Reference.reachabilityFence(holder);
      }
    }
  }
}
