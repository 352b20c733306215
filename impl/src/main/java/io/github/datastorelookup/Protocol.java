package io.github.datastorelookup;

import static io.github.datastorelookup.port.OperationWord.CLOSED;
import static io.github.datastorelookup.port.OperationWord.CLOSING;

import io.github.datastorelookup.Statistics.SlowReason;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.port.Sync.ScheduledTask;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one process, clause by clause, in the order of {@code docs/protocol.md}. A
 * comment beside each step names its clause.
 *
 * <p>Lock order: maintenance lock, config lock. A thread that holds the config lock waits for no
 * slot mutex. A thread that holds a slot mutex waits only for that datastore's own files.
 */
final class Protocol implements Slot.Owner {
  private static final long FIRST_BACKOFF_NANOS = 50_000;
  private static final long LAST_BACKOFF_NANOS = 100_000_000;

  /** The longest wait for one datastore's files by a thread that has others to visit (T2, M5). */
  private static final long CLOSE_PATIENCE_NANOS = 100_000_000;

  /** R2: how many idle slots are evicted at once. */
  private static final int SPARE_FILES = 16;

  /** R2: refusals that changed nothing, and whose cause may be a lack of file descriptors. */
  private static final Set<Class<? extends DatastoreException>> OPENING =
      Set.of(
          DatastoreException.ConfigUnavailable.class,
          DatastoreException.LedgerUnavailable.class,
          DatastoreException.LockUnavailable.class,
          DatastoreException.NotMounted.class,
          DatastoreException.OpenFailed.class);

  private static final long DRAIN_POLL_NANOS = 10_000_000;

  private final Ports ports;
  private final TypedWaits waits;
  private final boolean warm;
  private final long ttlNanos;
  private final long lockTimeoutNanos;
  private final Counters counters = new Counters();
  private final Attributes attributes;
  private final DeferredLog log;
  private final FailureLog watcherFailures;

  /** The counter that all processes share; null if there was none at open (S4). */
  private final @Nullable Generation generation;

  private final Ledger ledger;
  private final CrossProcessLock configLock;
  private final ConcurrentMap<String, CrossProcessLock> maintenanceLocks;
  private final VolatileRef<Snapshot> snapshot;

  /** L1: whether a config that this registry parsed or saved had sections; never reset. */
  private final VolatileRef<Boolean> sectionsKnown;

  private final ConcurrentMap<String, Slot> slots;
  private final ConcurrentMap<FileIdentity, Slot> claims;

  /** T3: set once the page or the ledger was found to be useless; null until then. */
  private final VolatileRef<Boolean> replaced;

  /** C1: set once the registry is closed; null until then. */
  private final VolatileRef<Boolean> closed;

  private final VolatileRef<ScheduledTask> watcher;

  /**
   * Opens the generation page, and creates this process's ledger. Without a page the registry works
   * without one until it is closed (S4).
   *
   * @throws DatastoreException.ConfigUnavailable when the config's directory is missing
   * @throws DatastoreException.GenerationUnavailable when the page exists but is broken
   * @throws DatastoreException.LedgerUnavailable when the ledger cannot be created
   */
  Protocol(Ports ports, boolean warm, long ttlNanos, long lockTimeoutNanos) {
    this.ports = ports;
    this.warm = warm;
    this.ttlNanos = ttlNanos;
    this.lockTimeoutNanos = lockTimeoutNanos;
    this.waits = new TypedWaits(ports.sync());
    this.log = new DeferredLog(ports.sync());
    this.attributes = new Attributes(ports.sync());
    this.watcherFailures = new FailureLog(ports.sync(), log);
    this.configLock = new CrossProcessLock(ports.locks().config(), ports, log, counters::waited);
    this.maintenanceLocks = ports.sync().newMap("maintenanceLocks");
    this.snapshot = ports.sync().newVolatileRef("snapshot", null);
    this.sectionsKnown = ports.sync().newVolatileRef("sectionsKnown", false);
    this.slots = ports.sync().newMap("slots");
    this.claims = ports.sync().newMap("claims");
    this.replaced = ports.sync().newVolatileRef("replaced", null);
    this.closed = ports.sync().newVolatileRef("closed", null);
    this.watcher = ports.sync().newVolatileRef("watcher", null);
    try {
      ports.configFile().requireDirectory();
    } catch (IOException e) {
      throw new DatastoreException.ConfigUnavailable(
          ports.configFile().path(), String.valueOf(e.getMessage()), e);
    }
    try {
      this.generation = ports.generations().open();
    } catch (IOException e) {
      throw new DatastoreException.GenerationUnavailable(
          "generation page is unavailable: " + Reasons.of(e), e);
    }
    try {
      this.ledger = ports.ledgers().create(generation == null ? null : generation.identity());
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable("cannot create a ledger", e);
    }
  }

  // ---- S: saves ----

  /** S1: makes one edit under the config lock, if the file has this digest; null for any. */
  void save(@Nullable String expectedDigest, UnaryOperator<DatastoreConfig> edit) {
    withConfigLock( // S1
        () -> {
          saveLocked(expectedDigest, edit);
          return true;
        });
  }

  /** S2, S3: with the config lock held. */
  private void saveLocked(@Nullable String expectedDigest, UnaryOperator<DatastoreConfig> edit) {
    Generation counter = requireCounter();
    Snapshot cached = snapshot.get(); // S2
    ConfigText found = readText(); // S2: never the cached copy
    if (expectedDigest != null && !expectedDigest.equals(found.digest())) {
      throw new DatastoreException.DigestMismatch(
          ports.configFile().path(), expectedDigest, found.digest());
    }
    DatastoreConfig edited = edit.apply(parse(found, cached));
    byte[] text = ConfigText.format(edited, ports.configFile());
    counter.increment(); // S3: a crash from here on leaves no process with the old content
    try {
      ports.configFile().replace(text);
      rememberSections(edited); // L1
    } catch (IOException e) {
      requireRefused(edited, text, e);
      throw new DatastoreException.ConfigUnavailable(ports.configFile().path(), Reasons.of(e), e);
    } catch (RuntimeException | Error e) {
      requireRefused(edited, text, e);
      throw e;
    } finally {
      counter.increment(); // S3: invalidates what a thread loaded between bump and replace
    }
  }

  /** S6: reads the file to find out whether a failed replace took effect; unreadable is unknown. */
  private void requireRefused(DatastoreConfig edited, byte[] text, Throwable failure) {
    boolean applied = false;
    try {
      applied = Arrays.equals(ports.configFile().read(), text);
      if (!applied) {
        return;
      }
    } catch (IOException | RuntimeException | Error e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
    rememberSections(edited); // L1
    throw new DatastoreException.SaveNotDurable(ports.configFile().path(), applied, failure);
  }

  /** S6: runs a save; returns the doubt about its durability, or null. */
  private static DatastoreException.@Nullable SaveNotDurable doubtOf(Runnable save) {
    try {
      save.run();
      return null;
    } catch (DatastoreException.SaveNotDurable e) {
      return e;
    }
  }

  private ConfigText readText() {
    return ConfigText.read(ports.configFile(), () -> Boolean.TRUE.equals(sectionsKnown.get()));
  }

  /** Parses the text; reuses the unchanged sections of the snapshot. */
  private DatastoreConfig parse(ConfigText text, @Nullable Snapshot known) {
    DatastoreConfig config = text.parse(known);
    rememberSections(config);
    return config;
  }

  /** L1: from now on a missing file does not count as empty. */
  private void rememberSections(DatastoreConfig config) {
    if (!config.sections().isEmpty() && !Boolean.TRUE.equals(sectionsKnown.get())) {
      sectionsKnown.set(true);
    }
  }

  /** The file as it is now. */
  private DatastoreConfig readConfig() {
    requireOpen(); // C2
    return parse(withSpareFiles(this::readText), snapshot.get());
  }

  /** S4: the counter, without which no save is possible. */
  private Generation requireCounter() {
    if (generation == null) {
      throw new DatastoreException.GenerationUnavailable(
          "no generation counter: saves are refused", null);
    }
    return generation;
  }

  /** S1: sets the mode; operations that run go on. */
  void setMode(String name, MaintenanceMode mode, @Nullable String message) {
    Object unused = ConfigEdits.modeText(name, mode, message); // S7
    ConfigEdits.requireExisting(readConfig(), name); // no lock files for unknown names
    withMaintenanceLock(
        name, () -> save(null, config -> ConfigEdits.maintenance(config, name, mode, message)));
  }

  /** S1: adds a datastore. Creates its files first, so that no lookup ever creates them. */
  void create(DatastoreSection section) {
    withMaintenanceLock(
        section.name(),
        () -> {
          Generation unused = requireCounter(); // all refusals come before the first effect
          DatastoreConfig known = readConfig();
          requireWritable(ConfigEdits.create(known, section), section); // S7
          requireMounted(section); // never .lock on a bare mount point
          withSpareFiles(() -> createFiles(section));
          requireSole(known, section); // M5
          save(null, config -> ConfigEdits.create(config, section));
        });
  }

  /** S7: requires a config that can be written, and a path that can exist on this machine. */
  private void requireWritable(DatastoreConfig config, DatastoreSection section) {
    byte[] unused = ConfigText.format(config, ports.configFile());
    try {
      ports.chunkStores().requirePath(section.absolutePath());
    } catch (IOException e) {
      throw new DatastoreException.OpenFailed(section.name(), section.absolutePath(), e);
    }
  }

  private boolean createFiles(DatastoreSection section) {
    try {
      ports.chunkStores().create(section.absolutePath());
      return true;
    } catch (IOException e) {
      throw new DatastoreException.OpenFailed(section.name(), section.absolutePath(), e);
    }
  }

  /** S1, M1: runs the task under the datastore's maintenance lock, or refuses at once. */
  private void withMaintenanceLock(String name, Runnable task) {
    requireOpen(); // C2
    CrossProcessLock lock =
        maintenanceLocks.computeIfAbsent(
            name,
            key -> new CrossProcessLock(ports.locks().maintenance(key), ports, log, waited -> {}));
    if (!withSpareFiles(() -> lock.tryAcquire(0))) {
      throw new DatastoreException.MaintenanceInProgress(name, lock.path(), lock.holders());
    }
    try {
      task.run();
    } finally {
      lock.release();
      log.write(); // K1
    }
  }

  /** Runs short work under the config lock. The work may not wait for another thread (INV-11). */
  private <T> T withConfigLock(Supplier<T> work) {
    try {
      return withSpareFiles(
          () -> {
            lockConfig();
            try {
              return work.get();
            } finally {
              configLock.release();
            }
          });
    } finally {
      log.write(); // K1
    }
  }

  private void lockConfig() {
    requireOpen(); // C2
    configLock.acquire(lockTimeoutNanos);
    boolean fit = false;
    try {
      requireOpen(); // C2
      requireInPlace(); // T3
      fit = true;
    } finally {
      if (!fit) {
        configLock.release();
      }
    }
  }

  // ---- W: warm lookups, without a lock ----

  DatastoreHandle lookup(String name, Operation operation) {
    DatastoreHandle granted = warmLookup(name, operation);
    return granted != null ? granted : lookupUntilGranted(name, operation);
  }

  /** Null asks for a slow lookup. */
  private @Nullable DatastoreHandle warmLookup(String name, Operation operation) {
    if (!warm) {
      return slow(SlowReason.SWITCHED_OFF);
    }
    Snapshot cached = snapshot.get(); // W1
    if (cached == null || !isCurrentGeneration(cached)) { // W1
      return slow(SlowReason.ofStale(generation != null, cached != null));
    }
    if (!isYoung(cached)) {
      return slow(SlowReason.EXPIRED);
    }
    if (isClosed()) { // C2: the slow lookup refuses
      return null;
    }
    if (operation == Operation.LOOKUP) {
      DatastoreSection section = admit(cached.config().find(name), name, operation); // W2
      counters.warm();
      return new View(this, section);
    }
    Slot slot = slots.get(name); // W2
    DatastoreSection found =
        slot == null ? cached.config().find(name) : slot.sectionIn(cached.config());
    DatastoreSection section = admit(found, name, operation); // W2
    if (section.removable()) {
      return slow(SlowReason.REMOVABLE);
    }
    if (slot == null) {
      return slow(SlowReason.NOT_OPEN);
    }
    return warmCount(cached, section, slot, operation);
  }

  /** Ends in a grant or an undo. */
  private @Nullable Handle warmCount(
      Snapshot cached, DatastoreSection section, Slot slot, Operation operation) {
    Handle granted = null;
    SlowReason reason = SlowReason.NOT_OPEN;
    Headroom.requireStackToUndo();
    long before = count(slot, operation); // W3
    try {
      if (OperationWord.open(before)) {
        reason = SlowReason.OVERTAKEN;
        if (isCurrentGeneration(cached)) { // W4
          Instance instance = slot.instance().get(); // W5: earlier it might be closed meanwhile
          if (instance != null && instance.isOf(section) && instance.serves(operation)) {
            Handle handle = grant(slot, operation, section, instance);
            counters.warm();
            granted = handle;
          }
        }
      }
    } finally {
      if (granted == null) {
        undone(slot, operation, add(slot, -unit(operation))); // D1: fits where the count did
      }
    }
    return granted == null ? slow(reason) : granted;
  }

  /** Counts the reason in the statistics, and returns null. */
  private @Nullable Handle slow(SlowReason reason) {
    counters.slow(reason);
    return null;
  }

  /** W1, L1, T1: of the current generation, and neither too old nor from the future. */
  private boolean isCurrent(Snapshot cached) {
    return isCurrentGeneration(cached) && isYoung(cached);
  }

  /** W1, W4, L1, T1, D1: whether no process saved since, as far as this one can know (S4, T3). */
  private boolean isCurrentGeneration(Snapshot cached) {
    return generation != null && !isReplaced() && generation.get() == cached.generation();
  }

  /** W1: a manual edit may be unseen for no longer than the TTL. */
  private boolean isYoung(Snapshot cached) {
    long age = ports.ticker().nanoTime() - cached.loadedAt();
    return age >= 0 && age < ttlNanos;
  }

  /** W2, L2: the section, provided that it exists and its maintenance mode admits the operation. */
  private static DatastoreSection admit(
      @Nullable DatastoreSection section, String name, Operation operation) {
    if (section == null) {
      throw new DatastoreException.NoSuchDatastore(requireSafe(name));
    }
    if (!operation.admittedBy(section.maintenanceMode())) {
      throw new DatastoreException.DatastoreUnavailable(section);
    }
    return section;
  }

  /** INV-14. Names in the config were validated when it was parsed, so only a miss checks. */
  static String requireSafe(String name) {
    Objects.requireNonNull(name, "name");
    if (!SafeId.isValid(name)) {
      throw new DatastoreException.InvalidName(name);
    }
    return name;
  }

  /** W3, L2, D2: adds one operation, and returns the word before. */
  private long count(Slot slot, Operation operation) {
    long unit = unit(operation);
    long before = add(slot, unit);
    boolean fits = false;
    try {
      if (OperationWord.full(before, unit)) {
        String word = OperationWord.describe(before);
        throw new DatastoreException.TooManyOperations(slot.name(), word);
      }
      fits = true;
    } finally {
      if (!fits) {
        undone(slot, operation, add(slot, -unit));
      }
    }
    return before;
  }

  /** Count and undo share this method, so that the undo needs no more stack than the count did. */
  private static long add(Slot slot, long delta) {
    return slot.word().getAndAdd(delta);
  }

  private static long unit(Operation operation) {
    return operation == Operation.READ ? OperationWord.READ : OperationWord.WRITE;
  }

  /** W5, L8. */
  private static Handle grant(
      Slot slot, Operation operation, DatastoreSection section, Instance instance) {
    assert instance.store().path().equals(section.absolutePath()) : "INV-10: another path";
    return new Handle(slot, operation, section, instance.store());
  }

  // ---- L: slow lookups ----

  /** R1: retries until the lookup is granted or refused. */
  private DatastoreHandle lookupUntilGranted(String name, Operation operation) {
    Headroom.requireStack();
    long start = ports.ticker().nanoTime();
    long backoff = FIRST_BACKOFF_NANOS;
    while (true) {
      try {
        DatastoreHandle granted = withSpareFiles(() -> slowLookup(name, operation));
        if (granted != null) {
          return granted;
        }
      } finally {
        log.write(); // K1
      }
      if (ports.ticker().nanoTime() - start >= lockTimeoutNanos) {
        throw new DatastoreException.DatastoreBusy(name);
      }
      waits.pause(1 + ports.sync().random(backoff), name, "");
      backoff = Math.min(2 * backoff, LAST_BACKOFF_NANOS);
    }
  }

  /** Null asks for a retry (R1); the count is undone then. */
  private @Nullable DatastoreHandle slowLookup(String name, Operation operation) {
    Slot slot;
    DatastoreSection section;
    String unused = requireSafe(name);
    lockConfig(); // L1
    try {
      section = admit(currentLocked().config().find(name), name, operation); // L2
      if (operation == Operation.LOOKUP) {
        return new View(this, section);
      }
      requireMounted(section); // L2
      slot = slot(name);
      count(slot, operation); // L2: before the config lock goes, so that no decider can miss it
    } finally {
      configLock.release(); // L2
    }
    return openCounted(slot, section, operation);
  }

  /** L1: the current snapshot, loaded if necessary; with the config lock held. */
  private Snapshot currentLocked() {
    Snapshot cached = snapshot.get();
    return cached != null && isCurrent(cached) ? cached : load(cached);
  }

  /** L1, with the config lock held: reads the clock, the generation, and only then the file. */
  private Snapshot load(@Nullable Snapshot old) {
    long loadedAt = ports.ticker().nanoTime();
    long value = generation == null ? 0 : generation.get();
    ConfigText text = readText();
    DatastoreConfig config;
    if (old != null && old.digest().equals(text.digest())) {
      config = old.config();
    } else {
      config = parse(text, old);
      if (generation != null && old != null && old.generation() == value) {
        value = generation.increment(); // L1: a manual edit; every process is to notice
        counters.manualEdit();
        log.add(Level.INFO, "config file={0} was edited manually", ports.configFile().path());
      }
      attributes.retain(config);
    }
    assert configLock.isHeld() : "INV-7: a load without the config lock";
    Snapshot loaded = new Snapshot(config, text.digest(), value, loadedAt);
    snapshot.set(loaded); // S5
    counters.reload();
    log.add(Level.DEBUG, "config loaded: generation={0} digest={1}", value, loaded.digest());
    return loaded;
  }

  /** L1: the config that a lookup starting now would use. */
  Snapshot currentConfig() {
    Snapshot cached = snapshot.get();
    requireOpen(); // C2
    return cached != null && isCurrent(cached) ? cached : withConfigLock(this::currentLocked);
  }

  /** L2, M1: refuses also when the mount table cannot be read, and evicts nothing. */
  private void requireMounted(DatastoreSection section) {
    String device = section.backingDevice();
    if (device == null) {
      return;
    }
    try {
      MountTable.Status status = ports.mounts().status(device, section.absolutePath());
      if (status != MountTable.Status.MOUNTED) {
        throw status == MountTable.Status.NOT_MOUNTED
            ? new DatastoreException.NotMounted(section)
            : new DatastoreException.NotMounted(section, null);
      }
    } catch (IOException e) {
      throw new DatastoreException.NotMounted(section, e);
    }
  }

  /** L2, with the config lock held: entries are appended one at a time. */
  private Slot slot(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      assert configLock.isHeld() : "INV-6: an entry appended without the config lock";
      assert SafeId.isValid(name) : "INV-14: an entry with an unsafe name";
      try { // L2: after an Error before the put, the next lookup finds the same entry
        slot = Slot.of(this, name, ledger.append(name), ports.sync());
      } catch (IOException e) {
        throw new DatastoreException.LedgerUnavailable(ledger.path(), e, Reasons.of(e));
      }
      slots.put(name, slot);
    }
    return slot;
  }

  /** Ends in a grant or an undo. */
  private @Nullable Handle openCounted(Slot slot, DatastoreSection section, Operation operation) {
    Handle granted = null;
    boolean locked = false;
    long before = 0;
    try {
      requireOpen(); // C2: the closer reads the words only after it set the flag
      waits.lock(slot, lockTimeoutNanos); // L3
      locked = true;
      Instance instance = openLocked(slot, section, operation);
      if (instance != null) {
        granted = grant(slot, operation, section, instance); // L8
      }
    } finally {
      if (granted == null) {
        before = takeBack(slot, operation); // L7, R1: undo inside the mutex
      }
      if (locked) {
        slot.mutex().unlock(); // L8
      }
      if (granted == null) {
        undone(slot, operation, before); // D1: an undo is a drop
      }
    }
    return granted;
  }

  /** L4, L5, L6, with the slot mutex held; null asks for a retry (R1). */
  private @Nullable Instance openLocked(Slot slot, DatastoreSection section, Operation operation) {
    String path = section.absolutePath();
    if (slot.isLost()) { // L4
      throw new DatastoreException.CloseFailed(slot.name());
    }
    try {
      FileIdentity identity = ports.chunkStores().identify(path); // L4, L5
      Instance old = slot.instance().get(); // L5
      long closing = CLOSED;
      if (old != null) {
        boolean same = old.store().path().equals(path) && old.store().identity().equals(identity);
        if (same && old.serves(operation)) { // L5
          return old.isOf(section) ? old : publish(slot, new Instance(section, old.store()));
        }
        long alone = unit(operation);
        if (!slot.word().compareAndSet(alone, alone | CLOSING)) { // L6
          if (same && OperationWord.reads(slot.word().get()) > 0) {
            throw new IOException("it is open for reading only, and readers are using it");
          }
          return null; // R1
        }
        closing = CLOSING;
      }
      return openFresh(slot, section, operation, identity, closing, old);
    } catch (IOException e) {
      throw new DatastoreException.OpenFailed(slot.name(), path, e); // L7
    }
  }

  /** L4, and L6 with an old instance. The word has the bit {@code closing}, removed last. */
  private @Nullable Instance openFresh(
      Slot slot,
      DatastoreSection section,
      Operation operation,
      FileIdentity identity,
      long closing,
      @Nullable Instance old)
      throws IOException {
    ChunkStore store = null;
    Instance instance = null;
    try {
      if (old != null) {
        closeStore(slot, old); // L6
      }
      if (claim(identity, slot)) { // L4
        boolean write = operation == Operation.WRITE;
        store = ports.chunkStores().open(section.absolutePath(), identity, write);
        instance = publish(slot, new Instance(section, store));
        long before = slot.word().getAndAdd(-closing);
        assert OperationWord.bits(before) == closing : "INV-9: opened without owning the bit";
      }
      return instance;
    } finally {
      if (instance == null) { // L7, R1
        try {
          if (store != null) {
            closeStore(slot, new Instance(section, store)); // an Error came between
          }
          if (!slot.isLost()) {
            claims.remove(identity, slot); // no effect if another slot holds the claim
          }
        } finally {
          long end = slot.isLost() ? CLOSING : CLOSED;
          if (end != closing) {
            slot.word().getAndAdd(end - closing); // L7
          }
        }
      }
    }
  }

  /**
   * Runs the work, and runs it once more if this process lacked file descriptors and idle files
   * could be closed (clause R2).
   *
   * @param work safe to repeat after a refusal; called without the config lock and any slot mutex
   */
  private <T extends @Nullable Object> T withSpareFiles(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatastoreException e) {
      if (!(e.getCause() instanceof IOException failure)
          || !OPENING.contains(e.getClass())
          || !ports.chunkStores().outOfFiles(failure)
          || !evictSome()) { // R2
        throw e;
      }
      log.add(Level.INFO, "idle datastores closed: too many open files");
    }
    return work.get();
  }

  /** R2: evicts idle slots in any mode; false if no slot is idle. */
  private boolean evictSome() {
    List<Slot> idle =
        slots.values().stream().filter(slot -> slot.word().get() == 0).limit(SPARE_FILES).toList();
    idle.forEach(this::evictApart);
    return !idle.isEmpty();
  }

  /** L4: one slot for each identity. An idle owner is evicted; one in use asks for a retry. */
  private boolean claim(FileIdentity identity, Slot slot) {
    Slot owner = claims.putIfAbsent(identity, slot);
    if (owner == null) {
      return true;
    }
    evictUnlessBusy(owner);
    return claims.putIfAbsent(identity, slot) == null;
  }

  private static Instance publish(Slot slot, Instance instance) {
    slot.instance().set(instance);
    return instance;
  }

  // ---- D: drops ----

  @Override
  public long takeBack(Slot slot, Operation operation) {
    return add(slot, -unit(operation)); // D1: nothing may fail after it
  }

  @Override
  public void dropped(Slot slot, Operation operation, long before) {
    long unit = unit(operation);
    assert OperationWord.counts(before, unit) > 0 : "INV-6: dropped more than was counted";
    if (before - unit == CLOSED) {
      finishClose(); // C1: the closer may have waited for this drop
    } else if (before == unit) { // D1: the last one on an open chunk store
      closeIfUnwanted(slot);
    }
  }

  /** D1: an undo is a drop: a real last drop may have seen this count and left the files open. */
  private void undone(Slot slot, Operation operation, long before) {
    counters.undo();
    dropped(slot, operation, before);
  }

  /** D1: the last-drop check. Even a stale config makes it close idle files only (E2). */
  private void closeIfUnwanted(Slot slot) {
    if (isUnwanted(slot, null)) {
      Headroom.requireStack(); // not for each drop: it takes microseconds
      slot.mutex().lock();
      try {
        evictLocked(slot);
      } finally {
        slot.mutex().unlock();
      }
      evictIfMissed(slot); // C1
      finishClose(); // C1
    }
    log.write(); // K1
  }

  /** D1: whether this config, or if null the last saved one, requires idle files to be closed. */
  private boolean isUnwanted(Slot slot, @Nullable DatastoreConfig known) {
    Instance instance = slot.instance().get();
    if (instance == null) {
      return false;
    }
    if (isClosed()) { // C1
      return true;
    }
    try {
      DatastoreConfig current = known == null ? lastSaved() : known;
      DatastoreSection section = slot.sectionIn(current);
      return section == null
          || section.maintenanceMode().clears()
          || (!instance.isOf(section) && !section.absolutePath().equals(instance.store().path()));
    } catch (DatastoreException e) {
      log.add(Level.WARNING, "datastore ''{0}'' stays open: {1}", slot.name(), Reasons.of(e));
      return false;
    }
  }

  /** D1: read without a lock if need be, and then not stored (S5); manual edits may be missing. */
  private DatastoreConfig lastSaved() {
    Snapshot cached = snapshot.get();
    return cached != null && isCurrentGeneration(cached)
        ? cached.config()
        : parse(readText(), cached);
  }

  @Override
  public boolean duplicate(Slot slot, Operation operation, BooleanSupplier sourceIsOpen) {
    Headroom.requireStackToUndo();
    count(slot, operation); // D2: an open source was counted all the time until here
    boolean open = false;
    try {
      open = sourceIsOpen.getAsBoolean();
    } finally {
      if (!open) {
        undone(slot, operation, add(slot, -unit(operation))); // D1
      }
    }
    return open;
  }

  // ---- E: evictions ----

  /** E1, with the slot mutex held, so that no slow lookup takes a CLOSING word for an open one. */
  private void evictLocked(Slot slot) {
    Headroom.requireStackAndHeap(); // E1: before the first effect
    Instance instance = slot.instance().get();
    if (!slot.word().compareAndSet(0, CLOSING)) {
      return; // a lookup counted itself: its drop will evict (D1)
    }
    try {
      closeStore(slot, Objects.requireNonNull(instance, "INV-9: open without an instance"));
    } finally {
      if (!slot.isLost()) {
        long before = slot.word().getAndAdd(CLOSED - CLOSING); // from now on unmounting is allowed
        assert OperationWord.bits(before) == CLOSING : "INV-5: CLOSED without CLOSING before it";
      }
    }
  }

  /** E1, unless another thread holds the slot mutex (T2, L4). */
  private void evictUnlessBusy(Slot slot) {
    if (slot.mutex().tryLock()) {
      try {
        evictLocked(slot);
      } finally {
        slot.mutex().unlock();
      }
      evictIfMissed(slot); // C1
    }
  }

  /** C1: a closer that failed to acquire the mutex relies on the thread that just released it. */
  private void evictIfMissed(Slot slot) {
    if (isClosed() && slot.word().get() == 0) {
      evictUnlessBusy(slot);
    }
  }

  /**
   * E1, L6: forgets the instance, closes, releases the claim. If it ends before, the slot is lost.
   */
  private void closeStore(Slot slot, Instance instance) {
    boolean whole = false;
    Exception failure = null;
    try {
      slot.instance().set(null);
      try {
        instance.store().close();
      } catch (IOException | RuntimeException e) { // the files are closed all the same
        failure = e;
      }
      claims.remove(instance.store().identity(), slot);
      whole = true;
    } finally {
      if (!whole) {
        slot.lose();
      }
    }
    counters.eviction();
    log.add(Level.DEBUG, "datastore ''{0}'' is closed", slot.name());
    if (failure != null) {
      log.add(
          Level.ERROR, "datastore ''{0}'' failed to close: {1}", slot.name(), Reasons.of(failure));
    }
  }

  // ---- T: the watcher ----

  /**
   * T1: starts the watcher.
   *
   * @param periodNanos its period; 0 for no watcher
   */
  void start(long periodNanos) {
    if (periodNanos > 0) {
      watcher.set(ports.sync().scheduleWithFixedDelay(periodNanos, this::refresh));
    }
  }

  /** T1: makes the snapshot current, then evicts idle files even if the first step failed. */
  void refresh() {
    String failure = null;
    String otherFailure = null;
    try {
      failure = isClosed() ? null : FailureLog.messageOf(this::makeCurrent);
    } finally {
      try {
        otherFailure = FailureLog.messageOf(this::sweepAll);
      } finally {
        finishClose(); // C1
      }
    }
    if (!isClosed()) { // a refusal of a closing registry is not a failure
      watcherFailures.report(failure == null ? otherFailure : failure);
    }
    log.write(); // K1
  }

  /** T1, T3: as a lookup would, so that an idle process notices edits too. */
  private void makeCurrent() {
    Snapshot cached = snapshot.get();
    if (cached == null || !isCurrent(cached)) {
      Snapshot unused = withConfigLock(this::currentLocked);
    } else {
      requireInPlace();
    }
  }

  /** T1, C1: in a closed registry no file is wanted. */
  private void sweepAll() {
    DatastoreConfig known = isClosed() ? DatastoreConfig.empty() : lastSaved();
    for (Slot slot : slots.values()) {
      sweep(slot, known);
    }
  }

  /** T1, M2: evicts the slot's files if they are idle and unwanted. */
  private void sweep(Slot slot, @Nullable DatastoreConfig known) {
    if (slot.word().get() == 0 && isUnwanted(slot, known)) {
      evictApart(slot);
    }
  }

  /** T2: on a thread of its own. */
  private void evictApart(Slot slot) {
    ports
        .sync()
        .runDetached(
            CLOSE_PATIENCE_NANOS,
            () -> {
              evictUnlessBusy(slot);
              finishClose(); // C1
              log.write(); // K1
            });
  }

  /**
   * T3: checks that the files in use are still at their paths and whole, and the ledger locked. A
   * fault is permanent: other processes do not hear this one's bumps, or do not see its words.
   */
  private void requireInPlace() {
    try {
      if (!isReplaced()) {
        if (ledger.inPlace() && (generation == null || generation.inPlace())) {
          return;
        }
        requireOpen(); // C2: closing takes the ledger away
        log.add(Level.ERROR, "ledger={0} is unusable: {1}", ledger.path(), fault());
        replaced.set(true);
      }
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable(
          ledger.path(), e, "cannot be checked: " + Reasons.of(e));
    }
    throw new DatastoreException.SharedStateReplaced(ledger.path());
  }

  private String fault() {
    String page = generation == null ? null : generation.fault();
    return ledger.fault() != null
        ? "it " + ledger.fault()
        : "its generation page " + (page == null ? "was replaced" : page);
  }

  private boolean isReplaced() {
    return replaced.get() != null;
  }

  // ---- M: deciders ----

  /**
   * Sets the mode, drains, runs {@code action}, then saves {@code afterwards}.
   *
   * @param needsData whether the action needs a removable datastore mounted
   * @param action runs with the maintenance lock held, and no other lock
   * @param afterwards the last edit, made if the mode is still this decider's
   */
  void drain(
      String name,
      MaintenanceMode mode,
      @Nullable String message,
      Drain drain,
      boolean needsData,
      MaintenanceTask action,
      UnaryOperator<DatastoreConfig> afterwards) {
    String ours = ConfigEdits.modeText(name, mode, message);
    Objects.requireNonNull(ours, "a drain sets a mode");
    DatastoreConfig known = readConfig(); // M1: no lock files for unknown names
    DatastoreSection section = ConfigEdits.existing(known, name);
    withMaintenanceLock( // M1
        name,
        () -> {
          requireSole(known, section); // M5: before the mode, as delete has no way back
          VolatileRef<String> before = ports.sync().newVolatileRef("before", null);
          ports.ledgers().prune(); // M2: not with the config lock held
          UnaryOperator<DatastoreConfig> set =
              config -> {
                DatastoreConfig edited = ConfigEdits.maintenance(config, name, mode, message);
                requireData(config, name, needsData); // M1
                before.set(ConfigEdits.rawMode(config, name));
                if (mode == MaintenanceMode.DELETE) {
                  Census unused = census(name); // M2: refuses while there is a way back
                }
                return edited;
              };
          if (doubtOf(() -> save(null, set)) != null) { // M2: goes on, M3 makes sure
            log.add(
                Level.WARNING,
                "datastore ''{0}'' may lose mode={1} in a power failure",
                name,
                mode.key());
          }
          log.add(Level.INFO, "datastore ''{0}'' is draining: mode={1}", name, mode.key());
          try {
            awaitDrained(name, mode, ours, drain, needsData); // M2, M3
            requireSole(known, section); // M5
          } catch (RuntimeException | Error e) {
            if (mode != MaintenanceMode.DELETE) {
              giveBack(name, mode, ours, before.get(), e); // M4
            }
            throw e;
          }
          try {
            action.run();
          } catch (Exception e) { // M4: a failed action leaves the mode, and says so
            if (e instanceof InterruptedException) {
              ports.sync().interrupt();
            }
            throw new DatastoreException.MaintenanceFailed(name, mode, e);
          }
          try {
            finish(config -> afterwards.apply(ConfigEdits.stillIn(config, name, ours))); // M4
          } catch (DatastoreException e) { // M4: no refusal, because the action took effect
            throw knowsTheMode(e) ? e : new DatastoreException.MaintenanceFailed(name, mode, e);
          }
          log.add(Level.INFO, "datastore ''{0}'' maintenance finished: mode={1}", name, mode.key());
        });
  }

  /** M4: a drain to mode offline; the section's path changes when its data has moved. */
  void move(String name, String path, Drain drain, MaintenanceTask moveData) {
    DatastoreConfig known = readConfig();
    DatastoreSection moved = ConfigEdits.moved(known, name, path);
    requireWritable(known.with(moved), moved); // S7
    requireSole(known, moved); // M5: before the data is there
    drain(
        name,
        MaintenanceMode.OFFLINE,
        "moving",
        drain,
        true,
        () -> {
          moveData.run();
          requireLockFile(moved.absolutePath());
          requireSole(known, moved); // M5
        },
        config -> config.with(ConfigEdits.moved(config, name, path)));
  }

  private void requireLockFile(String path) {
    try {
      FileIdentity unused = ports.chunkStores().identify(path);
    } catch (IOException e) {
      throw new UncheckedIOException("no .lock at the new path=" + path, e);
    }
  }

  /** M2, M3. Saves only once the words are drained: polling makes no other process load. */
  private void awaitDrained(
      String name, MaintenanceMode mode, String ours, Drain drain, boolean needsData) {
    long start = ports.ticker().nanoTime();
    ActiveOperations reported = null;
    while (true) {
      sweepOwn(name); // M2: own idle files too
      Census census = withConfigLock(() -> census(name));
      if (census.drained(mode) && drainedAfterSave(name, mode, ours, needsData)) {
        return;
      }
      if (!census.operations().equals(reported)) {
        reported = census.operations();
        drain.progress().accept(reported);
      }
      if (drain.cancelled().getAsBoolean()) {
        throw new DatastoreException.DrainCancelled(name, census.operations());
      }
      if (ports.ticker().nanoTime() - start >= drain.timeoutNanos()) {
        throw new DatastoreException.DatastoreInUse(name, census.operations());
      }
      waits.pause(DRAIN_POLL_NANOS, name, " to be idle");
    }
  }

  /** M1, M3: no data is removed or moved on a bare mount point. */
  private void requireData(DatastoreConfig config, String name, boolean needed) {
    DatastoreSection section = config.find(name);
    if (needed && section != null) {
      requireMounted(section);
    }
  }

  /** M2. */
  private void sweepOwn(String name) {
    Slot slot = slots.get(name);
    if (slot != null) {
      sweep(slot, null);
    }
  }

  /** M3: a durable save, after which no process is warm by an older config, and then the words. */
  private boolean drainedAfterSave(
      String name, MaintenanceMode mode, String ours, boolean needsData) {
    return withConfigLock(
        () -> {
          Runnable save =
              () ->
                  saveLocked(
                      null,
                      config -> {
                        requireData(config, name, needsData); // M3
                        return ConfigEdits.stillIn(config, name, ours);
                      });
          if (doubtOf(save) != null) {
            save.run(); // M3: a sync that failed is not repeated: a whole new save
          }
          return census(name).drained(mode);
        });
  }

  /** M2, M3: the words of all live processes, one after the other; with the config lock held. */
  private Census census(String name) {
    assert configLock.isHeld() : "INV-6: words of others judged without the config lock";
    Slot slot = slots.get(name);
    Census census = Census.EMPTY.plus(slot == null ? CLOSED : slot.word().get());
    String path = null;
    try {
      for (ForeignLedger other : ports.ledgers().others()) {
        path = other.path();
        long word = other.word(name);
        // Only words that are not drained are worth a probe: those of a dead process count nothing.
        if (word == CLOSED && hearsUs(other)) {
          continue;
        }
        if (other.ownerDied()) {
          continue;
        }
        if (!hearsUs(other)) {
          throw new DatastoreException.LedgerUnavailable(
              path, null, "its process uses another generation page=" + other.generationPage());
        }
        census = census.plus(word);
      }
    } catch (IOException e) {
      throw path == null
          ? new DatastoreException.LedgerUnavailable("cannot list the ledgers", e)
          : new DatastoreException.LedgerUnavailable(path, e, Reasons.of(e));
    }
    return census;
  }

  /** M2: a process on another page misses our bumps. One with no page is never warm (S4). */
  private boolean hearsUs(ForeignLedger other) {
    FileIdentity page = other.generationPage();
    return page == null || generation == null || page.equals(generation.identity());
  }

  /** M5: words are per name, data is per path; with no lock held but the maintenance lock. */
  private void requireSole(DatastoreConfig config, DatastoreSection section) {
    FileIdentity own = null;
    for (DatastoreSection other : config.sections()) {
      if (other.name().equals(section.name())) {
        continue;
      }
      if (own == null) {
        own = identifyApart(section.absolutePath());
      }
      if (own != null && own.equals(identifyApart(other.absolutePath()))) {
        throw new DatastoreException.EditRefused(
            section.name(), ConfigEdits.describeShared(section, other));
      }
    }
  }

  /** M5: the identity, or null if there is no file or the file system does not answer in time. */
  private @Nullable FileIdentity identifyApart(String path) {
    CompletableFuture<Optional<FileIdentity>> answer = new CompletableFuture<>();
    Runnable identify =
        () -> {
          try {
            answer.complete(Optional.of(ports.chunkStores().identify(path)));
          } catch (IOException e) {
            answer.complete(Optional.empty());
          }
        };
    ports.sync().uninterrupted(() -> ports.sync().runDetached(CLOSE_PATIENCE_NANOS, identify));
    if (!answer.isDone()) {
      log.add(Level.WARNING, "path={0} does not answer: counted as another datastore", path);
    }
    return answer.getNow(Optional.empty()).orElse(null);
  }

  /** M4: whether the exception itself says that the mode ended or why it did not. */
  private static boolean knowsTheMode(DatastoreException e) {
    return e instanceof DatastoreException.SaveNotDurable
        || e instanceof DatastoreException.EditRefused
        || e instanceof DatastoreException.NoSuchDatastore;
  }

  /** M4: gives up: restores the previous mode, if ours is still set. */
  private void giveBack(
      String name, MaintenanceMode mode, String ours, @Nullable String before, Throwable reason) {
    try {
      finish(
          config -> ConfigEdits.withRawMode(ConfigEdits.stillIn(config, name, ours), name, before));
    } catch (DatastoreException.SaveNotDurable e) { // M4: restored, but may not survive
      reason.addSuppressed(e);
    } catch (RuntimeException | Error e) {
      log.add(
          Level.WARNING,
          "datastore ''{0}'' keeps mode={1}, restoring the previous one failed: {2}",
          name,
          mode.key(),
          e);
      reason.addSuppressed(new DatastoreException.MaintenanceFailed(name, mode, e));
    }
  }

  /** M4: saves the end of a drain in spite of interrupts. */
  private void finish(UnaryOperator<DatastoreConfig> edit) {
    long start = ports.ticker().nanoTime();
    while (true) {
      try {
        ports.sync().uninterrupted(() -> save(null, edit));
        return;
      } catch (DatastoreException.Interrupted e) { // while it waited: nothing was saved yet
        if (ports.ticker().nanoTime() - start >= lockTimeoutNanos) {
          throw e;
        }
      }
    }
  }

  /** M2: the operations of all live processes. */
  ActiveOperations activeOperations(String name) {
    ports.ledgers().prune();
    return withConfigLock(() -> census(name).operations());
  }

  // ---- C: closing a registry ----

  /**
   * C1: from now on every slot counts as clearing; deletes the ledger once all words are CLOSED.
   */
  void close() {
    closed.set(true);
    try {
      sweepAll();
    } finally {
      finishClose();
    }
    log.write(); // K1
  }

  /** C1: once every word is exactly CLOSED, closes lock files and then the ledger. */
  @SuppressWarnings("try") // the resources are only closed
  private void finishClose() {
    if (!isClosed() || !slots.values().stream().allMatch(slot -> slot.word().get() == CLOSED)) {
      return;
    }
    // Closed in reverse: once the ledger is gone this process may open another registry.
    try (ScheduledTask watching = watcher.get();
        Ledger own = ledger;
        Locks locks = ports.locks()) {
      return;
    } catch (IOException e) {
      log.add(
          Level.ERROR,
          "closing the registry failed: ledger={0}: {1}",
          ledger.path(),
          Reasons.of(e));
    }
  }

  /** C2. */
  private void requireOpen() {
    if (isClosed()) {
      throw new DatastoreException.RegistryClosed();
    }
  }

  private boolean isClosed() {
    return closed.get() != null;
  }

  @Override
  public ConcurrentMap<String, Object> attributes(String name) {
    return attributes.of(name);
  }

  Statistics statistics() {
    return counters.read();
  }
}
