package io.github.datastorelookup;

import static io.github.datastorelookup.port.OperationWord.CLOSED;

import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Seam.Cell;
import io.github.datastorelookup.port.Seam.Repeated;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The protocol, clause by clause; {@code docs/protocol.md} explains the ids. Everything else serves
 * it.
 *
 * <p>Lock order: maintenance lock, config lock. A slot mutex is never waited for with the config
 * lock held, and with a slot mutex held nothing is waited for but the datastore's own files.
 */
final class Protocol {
  private static final System.Logger LOG = System.getLogger(Protocol.class.getPackageName());
  private static final long FIRST_BACKOFF_NANOS = 50_000;
  private static final long LAST_BACKOFF_NANOS = 100_000_000;

  private final Ports ports;
  private final Waits waits;
  private final States states;
  private final boolean warm;
  private final long ttlNanos;
  private final long lockTimeoutNanos;

  private final @Nullable Generation generation;
  private final Ledger ledger;
  private final CrossProcessLock configLock;

  private final Cell<Snapshot> snapshot;
  private final ConcurrentMap<String, Slot> slots;
  private final SlotFiles files;
  private final Cell<Boolean> closed;
  private final Cell<Repeated> watcher;

  Protocol(Ports ports, boolean warm, long ttlNanos, long lockTimeoutNanos) {
    this.ports = ports;
    this.warm = warm;
    this.ttlNanos = ttlNanos;
    this.lockTimeoutNanos = lockTimeoutNanos;
    this.configLock = new CrossProcessLock(ports.locks().config(), ports);
    this.snapshot = ports.seam().newCell(null);
    this.slots = ports.seam().newMap();
    this.files = new SlotFiles(ports);
    this.states = new States(ports.seam());
    this.waits = new Waits(ports.seam());
    this.closed = ports.seam().newCell(false);
    this.watcher = ports.seam().newCell(null);
    this.generation = Opening.generation(ports); // S4: found now, or never
    this.ledger = Opening.ledger(ports, generation);
  }

  // ---- Lookup ----

  DatastoreHandle lookup(String name, Operation operation) {
    DatastoreHandle granted = warm ? warmLookup(name, operation) : null;
    if (granted != null) {
      return granted;
    }
    long start = ports.ticker().nanoTime();
    long backoff = FIRST_BACKOFF_NANOS;
    while (true) {
      granted = slowLookup(name, operation);
      if (granted != null) {
        return granted;
      }
      // R1: the undo was done; wait without a count, and start again.
      if (ports.ticker().nanoTime() - start >= lockTimeoutNanos) {
        throw new DatastoreException.DatastoreBusy(name);
      }
      waits.pause(1 + ports.seam().random(backoff), "datastore '" + name + "'");
      backoff = Math.min(2 * backoff, LAST_BACKOFF_NANOS);
    }
  }

  /** W1 to W5, without a lock; null asks for a slow lookup. */
  private @Nullable DatastoreHandle warmLookup(String name, Operation operation) {
    Snapshot cached = snapshot.get(); // W1
    if (cached == null || !isCurrent(cached)) {
      return null;
    }
    if (isClosed()) {
      return null;
    }
    DatastoreSection section = admit(cached, name, operation); // W2
    if (operation == Operation.LOOKUP) {
      return new Handle(this, operation, section, null, null);
    }
    Slot slot = section.removable() ? null : slots.get(name);
    if (slot == null) {
      return null;
    }
    long before = count(slot, operation); // W3
    Instance instance = null;
    if (OperationWord.open(before) && !isClosed() && isOfNow(cached)) { // W4
      instance = slot.instance.get(); // W5: only now, or it may have been closed and replaced
    }
    if (instance == null || !SlotFiles.isOf(instance, section)) {
      drop(slot, operation); // an undo is a drop
      return null;
    }
    return new Handle(this, operation, section, slot, instance.store());
  }

  /** L1 to L8; null asks for a retry (R1). */
  private @Nullable DatastoreHandle slowLookup(String name, Operation operation) {
    Slot slot;
    DatastoreSection section;
    requireOpen();
    configLock.acquire(lockTimeoutNanos); // L1
    try {
      section = admit(currentSnapshot(), name, operation); // L2
      if (operation == Operation.LOOKUP) {
        return new Handle(this, operation, section, null, null);
      }
      requireMounted(section);
      slot = slot(name);
      count(slot, operation); // L2: registered before the config lock goes, so nobody can miss it
    } finally {
      configLock.release();
    }
    if (isClosed()) { // whoever closes the registry looks at the words only after the flag
      drop(slot, operation);
      throw new DatastoreException.RegistryClosed();
    }
    return openCounted(slot, section, operation);
  }

  /** L3 to L8. The operation is counted: the way out is a grant or an undo. */
  private @Nullable DatastoreHandle openCounted(
      Slot slot, DatastoreSection section, Operation operation) {
    boolean locked = false;
    try {
      waits.lock(slot.mutex, lockTimeoutNanos, "datastore '" + slot.name + "'"); // L3
      locked = true;
    } finally {
      if (!locked) {
        drop(slot, operation);
      }
    }
    Instance instance = null;
    boolean lastDrop = false;
    try {
      instance = files.open(slot, section, operation); // L4 to L7
    } finally {
      if (instance == null) {
        lastDrop = subtract(slot, operation); // L7, R1: undo inside the mutex
      }
      slot.mutex.unlock();
      if (lastDrop) {
        closeIfWanted(slot); // an undo is a drop
      }
    }
    return instance == null
        ? null
        : new Handle(this, operation, section, slot, instance.store()); // L8
  }

  /** W2, L2: whether the config of this snapshot admits the operation. */
  private static DatastoreSection admit(Snapshot current, String name, Operation operation) {
    DatastoreSection section = current.config().find(name);
    if (section == null) {
      throw new DatastoreException.NoSuchDatastore(name);
    }
    if (!operation.admittedBy(section.maintenanceMode())) {
      throw new DatastoreException.DatastoreUnavailable(name, section.refusalMessage());
    }
    return section;
  }

  /** L2: asks the mount table; a failing one refuses as well, and evicts nobody. */
  void requireMounted(DatastoreSection section) {
    String device = section.backingDevice();
    if (device != null
        && ports.mounts().status(device, section.absolutePath()) != MountTable.Status.MOUNTED) {
      throw new DatastoreException.NotMounted(section.name());
    }
  }

  /** With the config lock held: entries are appended one at a time. */
  private Slot slot(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      slot = new Slot(name, Opening.entry(ledger, name), ports.seam());
      slots.put(name, slot);
    }
    return slot;
  }

  // ---- Snapshot ----

  /** L1, with the config lock held. */
  private Snapshot currentSnapshot() {
    requireOpen();
    Snapshot cached = snapshot.get();
    return cached != null && isCurrent(cached) ? cached : load(cached);
  }

  /** As W1: of this generation, and neither too old nor from the future. */
  private boolean isCurrent(Snapshot cached) {
    if (!isOfNow(cached)) {
      return false;
    }
    long age = ports.ticker().nanoTime() - cached.loadedAt();
    return age >= 0 && age < ttlNanos;
  }

  private boolean isOfNow(Snapshot cached) {
    return generation != null && cached.generation() == generation.get();
  }

  /** L1, with the config lock held: the ticker, the generation, and only then the file. */
  private Snapshot load(@Nullable Snapshot old) {
    long loadedAt = ports.ticker().nanoTime();
    long value = generation == null ? 0 : generation.get();
    ConfigText text = ConfigText.read(ports.configFile());
    DatastoreConfig config;
    if (old != null && old.digest().equals(text.digest())) {
      config = old.config();
    } else {
      config = text.parse(old);
      if (generation != null && old != null && old.generation() == value) {
        value = generation.increment(); // edited by hand: let every process notice
      }
      states.forgetAllBut(config);
    }
    Snapshot loaded = new Snapshot(config, text.digest(), value, loadedAt);
    snapshot.set(loaded); // S5
    return loaded;
  }

  /** The file as it is now; what did not change is shared with the snapshot. */
  DatastoreConfig read(@Nullable Snapshot known) {
    return ConfigText.read(ports.configFile()).parse(known);
  }

  // ---- Drop and evict ----

  /** Adds one operation, and returns the word before. */
  long count(Slot slot, Operation operation) {
    long unit = unit(operation);
    long before = slot.word.getAndAdd(unit);
    if (OperationWord.full(before, unit)) {
      drop(slot, operation);
      throw new DatastoreException.TooManyOperations(slot.name, OperationWord.describe(before));
    }
    return before;
  }

  /** D1. */
  void drop(Slot slot, Operation operation) {
    if (subtract(slot, operation)) {
      closeIfWanted(slot);
    }
  }

  /** D2: count, then look whether the source is open: if so, its count was there all the time. */
  boolean duplicate(Slot slot, Operation operation, BooleanSupplier sourceIsOpen) {
    count(slot, operation);
    boolean open = sourceIsOpen.getAsBoolean();
    if (!open) {
      drop(slot, operation);
    }
    return open;
  }

  /** D1: says whether this was the last one on an open chunk store. */
  private boolean subtract(Slot slot, Operation operation) {
    long unit = unit(operation);
    long before = slot.word.getAndAdd(-unit);
    if (before - unit == CLOSED) {
      finishClose(); // it may have waited for this one
    }
    return before == unit;
  }

  /** D1: the last-drop check. However stale the config was, only idle files get closed (E2). */
  private void closeIfWanted(Slot slot) {
    if (mustClose(slot, null)) {
      slot.mutex.lock();
      try {
        files.evictLocked(slot);
      } finally {
        slot.mutex.unlock();
      }
      finishClose();
    }
  }

  /** Whether idle files have to be closed. {@code config} is asked, or if null the current one. */
  private boolean mustClose(Slot slot, @Nullable DatastoreConfig config) {
    Instance instance = slot.instance.get();
    if (instance == null) {
      return false;
    }
    if (isClosed()) {
      return true;
    }
    try {
      DatastoreConfig current = config == null ? peek() : config;
      DatastoreSection section = current.find(slot.name);
      return section == null
          || section.maintenanceMode().clears()
          || !section.absolutePath().equals(instance.store().path());
    } catch (DatastoreException e) {
      LOG.log(Level.WARNING, "datastore ''{0}'' stays open: {1}", slot.name, e.getMessage());
      return false;
    }
  }

  /** The current config, read without a lock if need be, and then not stored (S5). */
  private DatastoreConfig peek() {
    Snapshot cached = snapshot.get();
    return cached != null && isCurrent(cached) ? cached.config() : read(cached);
  }

  // ---- Watcher ----

  /** T1: makes the snapshot current, as a lookup would, so that an idle process notices edits. */
  void refresh() {
    try {
      Snapshot cached = snapshot.get();
      if (!isClosed() && (cached == null || !isCurrent(cached))) {
        Snapshot unused = withConfigLock(this::currentSnapshot);
      }
    } catch (DatastoreException e) {
      LOG.log(Level.WARNING, "the config is not reloaded: {0}", e.getMessage());
    }
    sweep();
    finishClose();
  }

  /** T1, T2: evicts what is idle and unwanted, opens nothing, and waits for no datastore. */
  void sweep() {
    DatastoreConfig config;
    try {
      config = isClosed() ? DatastoreConfig.empty() : peek();
    } catch (DatastoreException e) {
      LOG.log(Level.WARNING, "nothing is closed: {0}", e.getMessage());
      return;
    }
    for (Slot slot : slots.values()) {
      if (slot.word.get() == 0 && mustClose(slot, config)) {
        files.evictUnlessBusy(slot);
      }
    }
  }

  /** M2: the same for one datastore, so that a drain does not hang on another one. */
  void sweep(String name) {
    Slot slot = slots.get(name);
    if (slot != null && slot.word.get() == 0 && mustClose(slot, null)) {
      files.evictUnlessBusy(slot);
    }
  }

  // ---- Save ----

  /** S1 to S3: one edit, with its own lock. */
  void save(UnaryOperator<DatastoreConfig> edit) {
    withConfigLock(
        () -> {
          saveLocked(edit);
          return true;
        });
  }

  /** S2, S3, with the config lock held. */
  void saveLocked(UnaryOperator<DatastoreConfig> edit) {
    Generation counter = requireCounter();
    DatastoreConfig edited = edit.apply(read(snapshot.get())); // S2: never the cached copy
    byte[] text = ConfigText.format(edited, ports.configFile());
    counter.increment(); // S3: a crash from here on leaves nobody with the old content
    try {
      ports.configFile().replace(text);
    } catch (IOException e) {
      throw new DatastoreException.ConfigUnavailable(ports.configFile().path(), e);
    } finally {
      counter.increment(); // S3: wakes who looked too early
    }
  }

  /** S4. */
  Generation requireCounter() {
    if (generation == null) {
      throw new DatastoreException.GenerationUnavailable(
          "no generation counter: saves are refused", null);
    }
    return generation;
  }

  /** M2, M3, with the config lock held: the words of all live processes. */
  Census census(String name) {
    Slot own = slots.get(name);
    return Census.take(name, own == null ? CLOSED : own.word.get(), ports.ledgers(), generation);
  }

  /** Runs short work that waits for nobody with the config lock held. */
  <T> T withConfigLock(Supplier<T> work) {
    requireOpen();
    configLock.acquire(lockTimeoutNanos);
    try {
      requireOpen();
      return work.get();
    } finally {
      configLock.release();
    }
  }

  // ---- Life ----

  /** T1: from now on the watcher looks once in a period. */
  void watch(long periodNanos) {
    watcher.set(ports.seam().every(periodNanos, this::refresh));
  }

  /** From now on every slot counts as clearing; the ledger goes when every word is CLOSED. */
  void close() {
    closed.set(true);
    sweep();
    finishClose();
  }

  private void finishClose() {
    if (!isClosed() || !slots.values().stream().allMatch(slot -> slot.word.get() == CLOSED)) {
      return;
    }
    Repeated watching = watcher.get();
    if (watching != null) {
      watching.close();
    }
    try { // the ledger last: once it is gone this process may open another registry
      try {
        ports.locks().close();
      } finally {
        ledger.close();
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "ledger={0} stays: {1}", ledger.path(), e.getMessage());
    }
  }

  States states() {
    return states;
  }

  void requireOpen() {
    if (isClosed()) {
      throw new DatastoreException.RegistryClosed();
    }
  }

  private boolean isClosed() {
    return Boolean.TRUE.equals(closed.get());
  }

  static long unit(Operation operation) {
    return operation == Operation.READ ? OperationWord.READ : OperationWord.WRITE;
  }
}
