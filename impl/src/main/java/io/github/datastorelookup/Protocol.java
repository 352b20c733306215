package io.github.datastorelookup;

import static io.github.datastorelookup.port.OperationWord.CLOSED;

import io.github.datastorelookup.Statistics.SlowReason;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync.ScheduledTask;
import io.github.datastorelookup.port.Sync.VolatileRef;
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

  /** How long a sweep waits for one datastore's files to close before it goes on to the next. */
  private static final long CLOSE_PATIENCE_NANOS = 100_000_000;

  private final Ports ports;
  private final Waits waits;
  private final boolean warm;
  private final long lockTimeoutNanos;

  private final Counters counters = new Counters();
  private final Attributes attributes;
  private final SharedState shared;
  private final ConfigCache config;
  private final CrossProcessLock configLock;
  private final ConcurrentMap<String, Slot> slots;
  private final SlotFiles files;
  private final VolatileRef<Boolean> closed;
  private final VolatileRef<ScheduledTask> watcher;

  Protocol(Ports ports, boolean warm, long ttlNanos, long lockTimeoutNanos) {
    this.ports = ports;
    this.warm = warm;
    this.lockTimeoutNanos = lockTimeoutNanos;
    this.waits = new Waits(ports.sync());
    this.attributes = new Attributes(ports.sync());
    this.configLock = new CrossProcessLock(ports.locks().config(), ports, counters::waited);
    this.slots = ports.sync().newMap();
    this.files = new SlotFiles(ports, counters);
    this.closed = ports.sync().newVolatileRef(false);
    this.watcher = ports.sync().newVolatileRef(null);
    this.shared = new SharedState(ports);
    this.config = new ConfigCache(ports, shared, attributes, counters, ttlNanos);
  }

  // ---- Lookup ----

  DatastoreHandle lookup(String name, Operation operation) {
    DatastoreHandle granted = warmLookup(name, operation);
    if (granted != null) {
      counters.warm();
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
      waits.pause(1 + ports.sync().random(backoff), "datastore '" + name + "'");
      backoff = Math.min(2 * backoff, LAST_BACKOFF_NANOS);
    }
  }

  /** W1 to W5, without a lock; null asks for a slow lookup. */
  private @Nullable DatastoreHandle warmLookup(String name, Operation operation) {
    if (!warm) {
      return slow(SlowReason.SWITCHED_OFF);
    }
    Snapshot cached = config.cached(); // W1
    if (cached == null || !config.isOfNow(cached)) {
      return slow(whyUnusable(cached));
    }
    if (!config.isYoung(cached)) {
      return slow(SlowReason.EXPIRED);
    }
    if (isClosed()) {
      return null; // refused there
    }
    DatastoreSection section = admit(cached, name, operation); // W2
    if (operation == Operation.LOOKUP) {
      return new View(this, section);
    }
    if (section.removable()) {
      return slow(SlowReason.REMOVABLE);
    }
    Slot slot = slots.get(name);
    if (slot == null) {
      return slow(SlowReason.NOT_OPEN);
    }
    return warmCount(cached, section, slot, operation);
  }

  /** W3 to W5: the way out is a grant or an undo. */
  private @Nullable Handle warmCount(
      Snapshot cached, DatastoreSection section, Slot slot, Operation operation) {
    Handle granted = null;
    SlowReason reason = SlowReason.NOT_OPEN;
    long before = count(slot, operation); // W3
    try {
      if (OperationWord.open(before)) {
        reason = SlowReason.OVERTAKEN;
        if (config.isOfNow(cached)) { // W4
          Instance instance = slot.instance.get(); // W5: only now, or it may be closed meanwhile
          if (instance != null && SlotFiles.isOf(instance, section)) {
            granted = new Handle(slot, operation, section, instance.store());
          }
        }
      }
    } finally {
      if (granted == null) {
        undo(slot, operation);
      }
    }
    return granted == null ? slow(reason) : granted;
  }

  private @Nullable Handle slow(SlowReason reason) {
    counters.slow(reason);
    return null;
  }

  private SlowReason whyUnusable(@Nullable Snapshot cached) {
    if (!shared.hasCounter()) {
      return SlowReason.NO_COUNTER;
    }
    return cached == null ? SlowReason.NOT_LOADED : SlowReason.EDITED;
  }

  /** L1 to L8; null asks for a retry (R1). */
  private @Nullable DatastoreHandle slowLookup(String name, Operation operation) {
    Slot slot;
    DatastoreSection section;
    String unused = requireSafe(name);
    lockConfig(); // L1
    try {
      section = admit(config.current(), name, operation); // L2
      if (operation == Operation.LOOKUP) {
        return new View(this, section);
      }
      requireMounted(section);
      slot = slot(name);
      count(slot, operation); // L2: registered before the config lock goes, so nobody can miss it
    } finally {
      configLock.release();
    }
    return openCounted(slot, section, operation);
  }

  /** L3 to L8: the way out is a grant or an undo. */
  private @Nullable Handle openCounted(Slot slot, DatastoreSection section, Operation operation) {
    Handle granted = null;
    boolean locked = false;
    boolean lastDrop = false;
    try {
      requireOpen(); // C2: whoever closes the registry looks at the words only after the flag
      waits.lock(slot.mutex, lockTimeoutNanos, "datastore '" + slot.name + "'"); // L3
      locked = true;
      Instance instance = files.open(slot, section, operation); // L4 to L7
      if (instance != null) {
        granted = new Handle(slot, operation, section, instance.store()); // L8
      }
    } finally {
      if (granted == null) {
        counters.undo();
        lastDrop = subtract(slot, operation); // L7, R1: undo inside the mutex
      }
      if (locked) {
        slot.mutex.unlock();
      }
      if (lastDrop) {
        closeIfWanted(slot); // an undo is a drop
      }
    }
    return granted;
  }

  /** W2, L2: whether the config of this snapshot admits the operation. */
  private static DatastoreSection admit(Snapshot current, String name, Operation operation) {
    DatastoreSection section = current.config().find(name);
    if (section == null) {
      throw new DatastoreException.NoSuchDatastore(requireSafe(name));
    }
    if (!operation.admittedBy(section.maintenanceMode())) {
      throw new DatastoreException.DatastoreUnavailable(name, section.refusalMessage());
    }
    return section;
  }

  /** A name that the config has is one already, so a warm lookup need not ask. */
  static String requireSafe(String name) {
    if (!SafeId.isValid(name)) {
      throw new DatastoreException.InvalidName(name);
    }
    return name;
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
      slot = new Slot(this, name, shared.append(name), ports.sync());
      slots.put(name, slot);
    }
    return slot;
  }

  // ---- Drop and evict ----

  /** Adds one operation, and returns the word before. */
  long count(Slot slot, Operation operation) {
    long unit = unit(operation);
    long before = slot.word.getAndAdd(unit);
    if (OperationWord.full(before, unit)) {
      undo(slot, operation);
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

  /** An undo is a drop: a real one may have seen our count, and left its duty to us. */
  private void undo(Slot slot, Operation operation) {
    counters.undo();
    drop(slot, operation);
  }

  /** D2: count, then look whether the source is open: if so, its count was there all the time. */
  boolean duplicate(Slot slot, Operation operation, BooleanSupplier sourceIsOpen) {
    count(slot, operation);
    boolean open = sourceIsOpen.getAsBoolean();
    if (!open) {
      undo(slot, operation);
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

  /**
   * Whether idle files have to be closed. {@code known} is asked, or if null the current config.
   */
  private boolean mustClose(Slot slot, @Nullable DatastoreConfig known) {
    Instance instance = slot.instance.get();
    if (instance == null) {
      return false;
    }
    if (isClosed()) {
      return true;
    }
    try {
      DatastoreConfig current = known == null ? config.peek() : known;
      DatastoreSection section = current.find(slot.name);
      return section == null
          || section.maintenanceMode().clears()
          || (!SlotFiles.isOf(instance, section)
              && !section.absolutePath().equals(instance.store().path()));
    } catch (DatastoreException e) {
      LOG.log(Level.WARNING, "datastore ''{0}'' stays open: {1}", slot.name, e.getMessage());
      return false;
    }
  }

  /** T1, M2: evicts the slot's files if they are idle and unwanted; as {@link #mustClose}. */
  void sweep(Slot slot, @Nullable DatastoreConfig known) {
    if (slot.word.get() == 0 && mustClose(slot, known)) {
      ports.sync().runDetached(CLOSE_PATIENCE_NANOS, () -> evictUnlessBusy(slot)); // T2
    }
  }

  private void evictUnlessBusy(Slot slot) {
    files.evictUnlessBusy(slot);
    finishClose();
  }

  /** M2: the same for one datastore. */
  void sweep(String name) {
    Slot slot = slots.get(name);
    if (slot != null) {
      sweep(slot, null);
    }
  }

  /** The same for all; in a registry that is closed nothing is wanted any more. */
  void sweep() {
    DatastoreConfig known = isClosed() ? DatastoreConfig.empty() : config.peek();
    for (Slot slot : slots.values()) {
      sweep(slot, known);
    }
  }

  // ---- Save, decide ----

  /** The config as a lookup of now would see it. */
  Snapshot currentConfig() {
    Snapshot cached = config.cached();
    requireOpen();
    return cached != null && config.isCurrent(cached) ? cached : withConfigLock(config::current);
  }

  /** The file as it is now. */
  DatastoreConfig readConfig() {
    requireOpen();
    return config.read();
  }

  /** S1 to S3: one edit, with its own lock. */
  void save(UnaryOperator<DatastoreConfig> edit) {
    save(null, edit);
  }

  /** The same, if the file still has this digest. */
  void save(@Nullable String expectedDigest, UnaryOperator<DatastoreConfig> edit) {
    withConfigLock(
        () -> {
          config.save(expectedDigest, edit);
          return true;
        });
  }

  /** M3, with the config lock held: the same. */
  void saveLocked(UnaryOperator<DatastoreConfig> edit) {
    config.save(null, edit);
  }

  /** S4: refuses what would end in a save anyway. */
  void requireCounter() {
    var unused = shared.requireCounter();
  }

  /** M2, M3, with the config lock held: the words of all live processes. */
  Census census(String name) {
    Slot own = slots.get(name);
    return shared.census(name, own == null ? CLOSED : own.word.get());
  }

  /** Runs short work that waits for nobody with the config lock held. */
  <T> T withConfigLock(Supplier<T> work) {
    lockConfig();
    try {
      return work.get();
    } finally {
      configLock.release();
    }
  }

  /** Takes the config lock, and looks with it in hand whether all is as it was (T3). */
  private void lockConfig() {
    requireOpen();
    configLock.acquire(lockTimeoutNanos);
    boolean fit = false;
    try {
      requireOpen();
      shared.requireInPlace();
      fit = true;
    } finally {
      if (!fit) {
        configLock.release();
      }
    }
  }

  // ---- Life ----

  /** Deletes what processes that died have left behind; if others are busy, they will. */
  void buryTheDead() {
    if (configLock.tryAcquire(0)) {
      try {
        shared.buryTheDead();
      } finally {
        configLock.release();
      }
    }
  }

  /** T1, T3: as a lookup would, so that an idle process notices edits too. */
  void makeCurrent() {
    if (!config.isCurrent(config.cached())) {
      Snapshot unused = withConfigLock(config::current);
    } else {
      shared.requireInPlace();
    }
  }

  /** What to stop once the registry is closed and every word is CLOSED. */
  void untilTheEnd(ScheduledTask task) {
    watcher.set(task);
  }

  /** C1: from now on every slot counts as clearing; the ledger goes when every word is CLOSED. */
  void close() {
    closed.set(true);
    sweep();
    finishClose();
  }

  void finishClose() {
    if (!isClosed() || !slots.values().stream().allMatch(slot -> slot.word.get() == CLOSED)) {
      return;
    }
    ScheduledTask watching = watcher.get();
    if (watching != null) {
      watching.close();
    }
    shared.close();
  }

  Attributes attributes() {
    return attributes;
  }

  Statistics statistics() {
    return counters.read();
  }

  /** C2: asked again after each count. */
  void requireOpen() {
    if (isClosed()) {
      throw new DatastoreException.RegistryClosed();
    }
  }

  boolean isClosed() {
    return Boolean.TRUE.equals(closed.get());
  }

  static long unit(Operation operation) {
    return operation == Operation.READ ? OperationWord.READ : OperationWord.WRITE;
  }
}
