package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.evidence.Event;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.ChunkStores.Guard;
import io.github.datastorelookup.port.FileIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks datastores up, holds them for a few steps, duplicates and drops them. */
final class Holder {
  private static final int MOST = 3;
  private static final int EXCLUSIVE_PERCENT = 15;

  private record Held(long id, DatastoreHandle handle, @Nullable Guard guard) {}

  private final Desk desk;
  private final List<Held> held = new ArrayList<>();

  Holder(Desk desk) {
    this.desk = desk;
  }

  /** Whether something should be dropped before anything more is looked up. */
  boolean full() {
    return held.size() >= MOST;
  }

  /** Looks it up; false when that was refused. */
  boolean lookup(String name, Operation operation) throws IOException {
    long id = desk.log().newId();
    desk.write(Event.LOOKUP_START, id, name, operation);
    DatastoreHandle handle =
        desk.call(Event.LOOKUP_START, id, name, () -> desk.registry().lookup(name, operation));
    if (handle != null) {
      desk.write(Event.GRANT, id, name, operation + " " + Installation.number(handle.section()));
      hold(id, handle);
    }
    return handle != null;
  }

  void duplicateOne() throws IOException {
    if (!held.isEmpty() && !full()) {
      DatastoreHandle source = held.get(desk.random().nextInt(held.size())).handle();
      long id = desk.log().newId();
      desk.write(Event.DUPLICATE_START, id, source.name(), source.operation());
      DatastoreHandle handle = source.duplicate();
      desk.write(Event.GRANT, id, source.name(), source.operation() + " -");
      hold(id, handle);
    }
  }

  /** As a writer, or seldom a garbage collection, does: the chunk store's own lock too. */
  private void hold(long id, DatastoreHandle handle) throws IOException {
    Guard guard = null;
    if (handle.operation() != Operation.LOOKUP) {
      ChunkStore store = handle.chunkStore();
      requireItsOwnFiles(id, handle, store);
      if (handle.operation() == Operation.WRITE) {
        boolean exclusive = desk.chance(EXCLUSIVE_PERCENT);
        guard = exclusive ? store.tryExclusive() : store.tryShared();
        if (guard != null) {
          desk.write(Event.LOCKED, id, handle.name(), exclusive ? "exclusive" : "shared");
        }
      }
    }
    held.add(new Held(id, handle, guard));
  }

  /** Nobody exchanges them while the handle is live, so they are those at the path. */
  private void requireItsOwnFiles(long id, DatastoreHandle handle, ChunkStore store)
      throws IOException {
    String path = handle.section().absolutePath();
    FileIdentity found = desk.chunkStores().identify(path);
    if (!store.path().equals(path) || !store.identity().equals(found)) {
      desk.log()
          .violated(
              desk.thread(),
              id,
              handle.name(),
              "INV-10",
              String.format(
                  "open is path=%s identity=%s, the section has path=%s identity=%s",
                  store.path(), store.identity(), path, found));
    }
  }

  void dropOne() throws IOException {
    if (!held.isEmpty()) {
      drop(held.remove(desk.random().nextInt(held.size())));
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
      desk.write(Event.UNLOCK_START, each.id(), name, "");
      each.guard().close();
    }
    desk.write(Event.DROP_START, each.id(), name, "");
    each.handle().close();
    desk.write(Event.DROPPED, each.id(), name, "");
  }
}
