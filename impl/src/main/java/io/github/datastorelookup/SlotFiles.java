package io.github.datastorelookup;

import static io.github.datastorelookup.port.OperationWord.CLOSED;
import static io.github.datastorelookup.port.OperationWord.CLOSING;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a slot's files while its mutex is held: clauses L4 to L7 and E1, and the claims
 * of identities. {@link Protocol} says when; nothing here looks at the config.
 */
final class SlotFiles {
  private static final System.Logger LOG = System.getLogger(SlotFiles.class.getPackageName());

  private final Ports ports;
  private final Counters counters;
  private final ConcurrentMap<FileIdentity, Slot> claims;

  SlotFiles(Ports ports, Counters counters) {
    this.ports = ports;
    this.counters = counters;
    this.claims = ports.sync().newMap();
  }

  /** L4 to L7, with the slot mutex held; null asks for a retry (R1). */
  @Nullable Instance open(Slot slot, DatastoreSection section, Operation operation) {
    String path = section.absolutePath();
    try {
      FileIdentity identity = ports.chunkStores().identify(path);
      Instance old = slot.instance.get();
      long closing = CLOSED;
      if (old != null) {
        if (old.store().path().equals(path) && old.store().identity().equals(identity)) { // L5
          return isOf(old, section) ? old : publish(slot, new Instance(section, old.store()));
        }
        long alone = Protocol.unit(operation); // L6
        if (!slot.word.compareAndSet(alone, alone | CLOSING)) {
          return null;
        }
        closing = CLOSING;
      }
      return openFresh(slot, section, identity, closing, old);
    } catch (IOException e) {
      throw new DatastoreException.OpenFailed(slot.name, path, e);
    }
  }

  /**
   * L4, and L6 if there is something to close first. {@code closing} is the bit that the word has;
   * it goes last, and by subtraction.
   */
  private @Nullable Instance openFresh(
      Slot slot,
      DatastoreSection section,
      FileIdentity identity,
      long closing,
      @Nullable Instance old)
      throws IOException {
    ChunkStore store = null;
    Instance instance = null;
    boolean claimed = false;
    try {
      if (old != null) {
        closeStore(slot, old);
      }
      claimed = claim(identity, slot);
      if (claimed) {
        store = ports.chunkStores().open(section.absolutePath(), identity);
        instance = publish(slot, new Instance(section, store));
        slot.word.getAndAdd(-closing);
      }
      return instance;
    } finally {
      if (instance == null) { // L7, R1
        if (store != null) {
          close(slot, store); // an Error came between
        }
        if (claimed) {
          claims.remove(identity, slot);
        }
        if (closing == CLOSING) {
          slot.word.getAndAdd(CLOSED - CLOSING);
        }
      }
    }
  }

  /**
   * L4: one slot for each identity. Whoever has it idle is evicted; whoever uses it is waited for.
   */
  private boolean claim(FileIdentity identity, Slot slot) {
    Slot owner = claims.putIfAbsent(identity, slot);
    if (owner == null) {
      return true;
    }
    evictUnlessBusy(owner);
    return claims.putIfAbsent(identity, slot) == null;
  }

  private static Instance publish(Slot slot, Instance instance) {
    slot.instance.set(instance);
    return instance;
  }

  /** E1, with the slot mutex held: so no slow lookup takes a CLOSING word for an open one. */
  void evictLocked(Slot slot) {
    if (!slot.word.compareAndSet(0, CLOSING)) {
      return; // a lookup came in: eviction is its duty now
    }
    try {
      closeStore(
          slot, Objects.requireNonNull(slot.instance.get(), "INV-9: open without an instance"));
    } finally {
      slot.word.getAndAdd(CLOSED - CLOSING); // who sees CLOSED may unmount at once
    }
  }

  /** E1, L6: forget the instance, close, release the claim. */
  private void closeStore(Slot slot, Instance instance) {
    slot.instance.set(null);
    counters.eviction();
    LOG.log(Level.DEBUG, "datastore ''{0}'' is closed", slot.name);
    try {
      close(slot, instance.store());
    } finally {
      claims.remove(instance.store().identity(), slot);
    }
  }

  private static void close(Slot slot, ChunkStore store) {
    try {
      store.close();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "datastore ''{0}'' failed to close: {1}", slot.name, e.getMessage());
    }
  }

  /** T2, L4: evicts, unless somebody has the mutex. */
  void evictUnlessBusy(Slot slot) {
    if (slot.mutex.tryLock()) {
      try {
        evictLocked(slot);
      } finally {
        slot.mutex.unlock();
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // loads share the sections that did not change
  static boolean isOf(Instance instance, DatastoreSection section) {
    return instance.section() == section;
  }
}
