package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.port.ChunkStores.ChunkStoreView;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks up datastores, holds them for a few steps, duplicates and drops them. */
final class Holder {
  private static final int MOST = 3;
  private static final int EXCLUSIVE_PERCENT = 15;

  private record Held(long id, DatastoreHandle handle, @Nullable Guard guard) {}

  private final WorkerContext context;
  private final List<Held> held = new ArrayList<>();

  Holder(WorkerContext context) {
    this.context = context;
  }

  /** Whether the thread should drop a handle before its next lookup. */
  boolean full() {
    return held.size() >= MOST;
  }

  /** Looks up a datastore; returns false if the lookup was refused. */
  boolean lookup(String name, Operation operation) throws IOException {
    long id = context.log().newId();
    context.write(Event.LOOKUP_START, id, name, operation);
    DatastoreHandle handle =
        context.call(
            Event.LOOKUP_START, id, name, () -> context.registry().lookup(name, operation));
    if (handle != null) {
      context.write(Event.GRANT, id, name, operation + " " + Installation.number(handle.section()));
      hold(id, handle);
    }
    return handle != null;
  }

  void duplicateOne() throws IOException {
    if (!held.isEmpty() && !full()) {
      DatastoreHandle source = held.get(context.random().nextInt(held.size())).handle();
      long id = context.log().newId();
      context.write(Event.DUPLICATE_START, id, source.name(), source.operation());
      DatastoreHandle handle = source.duplicate();
      context.write(Event.GRANT, id, source.name(), source.operation() + " -");
      hold(id, handle);
    }
  }

  /** Takes the chunk store's own lock too, as a writer or, seldom, a garbage collection does. */
  private void hold(long id, DatastoreHandle handle) throws IOException {
    Guard guard = null;
    if (handle.operation() != Operation.LOOKUP && !(handle instanceof PortHandle)) {
      ChunkStoreView store = handle.chunkStore();
      requireItsOwnFiles(id, handle, store);
      if (handle.operation() == Operation.WRITE) {
        boolean exclusive = context.chance(EXCLUSIVE_PERCENT);
        guard = exclusive ? store.tryExclusive() : store.tryShared();
        if (guard != null) {
          context.write(Event.LOCKED, id, handle.name(), exclusive ? "exclusive" : "shared");
        }
      }
    }
    held.add(new Held(id, handle, guard));
  }

  /** No process exchanges the files while the handle is live, so they are those at the path. */
  private void requireItsOwnFiles(long id, DatastoreHandle handle, ChunkStoreView store)
      throws IOException {
    String path = handle.section().absolutePath();
    FileIdentity found = context.chunkStores().identify(path);
    if (!store.path().equals(path) || !store.identity().equals(found)) {
      context.violated(
          id,
          handle.name(),
          "INV-10",
          String.format(
              Locale.ROOT,
              "open is path=%s identity=%s, the section has path=%s identity=%s",
              store.path(),
              store.identity(),
              path,
              found));
    }
  }

  void dropOne() throws IOException {
    if (!held.isEmpty()) {
      drop(held.remove(context.random().nextInt(held.size())));
    }
  }

  void dropAll() throws IOException {
    while (!held.isEmpty()) {
      dropOne();
    }
  }

  private void drop(Held each) throws IOException {
    String name = each.handle().name();
    if (each.guard() != null) {
      context.write(Event.UNLOCK_START, each.id(), name, "");
      each.guard().close();
    }
    context.write(Event.DROP_START, each.id(), name, "");
    each.handle().close();
    context.write(Event.DROPPED, each.id(), name, "");
  }
}
