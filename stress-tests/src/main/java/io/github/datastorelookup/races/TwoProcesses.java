package io.github.datastorelookup.races;

import io.github.datastorelookup.DatastoreException.DatastoreUnavailable;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.DatastoreRegistry;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.jvm.JvmSeam;
import io.github.datastorelookup.jvm.JvmTicker;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Two processes on one machine in memory and one datastore: what the races race on. The words may
 * be on the heap or in a mapped file; all else is the same.
 */
public final class TwoProcesses {
  private static final String NAME = "store1";
  private static final String DEVICE = "5a2c8f7e-0b1d-4c3e-9f6a-7b8c9d0e1f2a";
  private static final int SPINS = 1000;

  private final DatastoreRegistry worker;
  private final DatastoreRegistry decider;

  /** As shipped, but every lookup is slow. */
  public TwoProcesses(LongFunction<AtomicWord> words) {
    this(words, false, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private TwoProcesses(
      LongFunction<AtomicWord> words,
      boolean warm,
      UnaryOperator<Ports> ofWorker,
      UnaryOperator<Ports> ofDecider) {
    MemoryHost host = new MemoryHost(words, new JvmTicker());
    worker = open(ofWorker.apply(host.start(new SpinningSeam()).ports()), warm);
    decider = open(ofDecider.apply(host.start(new SpinningSeam()).ports()), warm);
    DatastoreSection section =
        DatastoreSection.of(NAME, Map.of("path", "backup", "backing-device", DEVICE));
    host.mount(DEVICE, section.absolutePath(), MountTable.Status.MOUNTED);
    decider.create(section);
    worker.lookup(NAME, Operation.READ).close(); // the first one opens files, and has more to do
  }

  private static DatastoreRegistry open(Ports ports, boolean warm) {
    DatastoreRegistry.Builder builder = DatastoreRegistry.builder().ports(ports).withoutWatcher();
    return warm ? builder.open() : builder.withoutWarmPath().open();
  }

  /** As shipped: the worker's snapshot is current and its files are open, so its lookup is warm. */
  public static TwoProcesses warm(LongFunction<AtomicWord> words) {
    UnaryOperator<Ports> shipped = UnaryOperator.identity();
    return new TwoProcesses(words, true, shipped, shipped);
  }

  /** Deliberately wrong: the worker's second look at the generation repeats the first (no W4). */
  public static TwoProcesses warmWithoutRereading(LongFunction<AtomicWord> words) {
    return new TwoProcesses(words, true, StaleGeneration::bend, UnaryOperator.identity());
  }

  /** Deliberately wrong: every process gets the config lock, whoever else has it. */
  public static TwoProcesses withoutConfigLock(LongFunction<AtomicWord> words) {
    UnaryOperator<Ports> wrong = ports -> withoutConfigLock(ports, ports.mounts());
    return new TwoProcesses(words, false, wrong, wrong);
  }

  /**
   * The same, and the worker is slow to learn what is mounted: it asks between the mode and its
   * count, so the decider comes in between often, and not only when the worker loses its time
   * slice.
   */
  static TwoProcesses withoutConfigLockAndSlow(LongFunction<AtomicWord> words) {
    return new TwoProcesses(
        words,
        false,
        ports -> withoutConfigLock(ports, slow(ports.mounts())),
        ports -> withoutConfigLock(ports, ports.mounts()));
  }

  private static MountTable slow(MountTable mounts) {
    return (device, path) -> {
      spin();
      return mounts.status(device, path);
    };
  }

  /** Something slow in the window of a wrong design: else only a lost time slice would show it. */
  static void spin() {
    for (int i = 0; i < SPINS; i++) {
      Thread.onSpinWait();
    }
  }

  private static Ports withoutConfigLock(Ports p, MountTable mounts) {
    return new Ports(
        p.configFile(),
        new NoLocks(p.locks()),
        p.generations(),
        p.ledgers(),
        p.ticker(),
        mounts,
        p.chunkStores(),
        p.seam());
  }

  /** One process looks the datastore up to write: 1 when granted, 0 when its mode refuses. */
  public int lookup() {
    try {
      DatastoreHandle unused = worker.lookup(NAME, Operation.WRITE);
      return 1;
    } catch (DatastoreUnavailable e) {
      return 0;
    }
  }

  /** The other sets the mode, and then counts: how many writers it sees. */
  public int setModeThenCount() {
    decider.setMaintenance(NAME, MaintenanceMode.OFFLINE, null);
    return decider.activeOperations(NAME).writes();
  }

  /** Waits without sleeping: races are over in microseconds, and Lincheck knows no time. */
  private static final class SpinningSeam extends JvmSeam {
    @Override
    public void pause(long nanos) {
      Thread.onSpinWait();
    }
  }

  private record NoLocks(Locks locks) implements Locks {
    @Override
    public LockFile config() {
      return new NoLock(locks.config().path());
    }

    @Override
    public LockFile maintenance(String name) {
      return locks.maintenance(name);
    }

    @Override
    public void close() throws IOException {
      locks.close();
    }
  }

  private record NoLock(String path) implements Locks.LockFile {
    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public void unlock() {}
  }
}
