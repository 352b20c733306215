package io.github.datastorelookup.races;

import io.github.datastorelookup.port.ChunkStores;
import io.github.datastorelookup.port.ConfigFile;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ports that are bent: slower than they need be, so that rivals meet, or deliberately wrong. What a
 * wrong one does is what the protocol would do without one of its steps.
 */
public final class Bend {
  private Bend() {}

  // ---- slow, but right

  /** Whoever reads the config file acts on it only a while later. */
  static Ports slowReads(Ports p) {
    return with(p, new SlowConfig(p.configFile()), p.locks(), p.generations());
  }

  /** Whoever asks what is mounted has the answer only a while later. */
  static Ports slowMounts(Ports p) {
    MountTable slow =
        (device, path) -> {
          Spin.longer();
          return p.mounts().status(device, path);
        };
    return new Ports(
        p.configFile(),
        p.locks(),
        p.generations(),
        p.ledgers(),
        p.ticker(),
        slow,
        p.chunkStores(),
        p.seam());
  }

  /** Closing files takes a while. */
  static Ports slowClose(Ports p) {
    return new Ports(
        p.configFile(),
        p.locks(),
        p.generations(),
        p.ledgers(),
        p.ticker(),
        p.mounts(),
        new SlowStores(p.chunkStores()),
        p.seam());
  }

  /** At its second look at the generation this process is overtaken by what runs then. */
  static UnaryOperator<Ports> overtakenBy(Runnable rival) {
    return p -> with(p, p.configFile(), p.locks(), of(p, real -> new Overtaken(real, rival)));
  }

  // ---- deliberately wrong

  /** Every second look at the generation gives what the one before it gave (no W4). */
  static Ports withoutRereading(Ports p) {
    Generations stale = of(p, Repeated::new);
    return new Ports(
        p.configFile(),
        p.locks(),
        stale,
        p.ledgers(),
        () -> { // a warm lookup asks for the time between its generation and its count
          Spin.longer();
          return p.ticker().nanoTime();
        },
        p.mounts(),
        p.chunkStores(),
        p.seam());
  }

  /** This process has a generation of its own. */
  public static Ports ownGeneration(Ports p) {
    return with(p, p.configFile(), p.locks(), of(p, real -> new Own(real)));
  }

  /** The config lock keeps nobody out. */
  public static Ports withoutConfigLock(Ports p) {
    return with(p, p.configFile(), new NoLocks(p.locks()), p.generations());
  }

  /** A decider sees its own operations only. */
  static Ports withoutOthers(Ports p) {
    LedgerDirectory alone =
        new LedgerDirectory() {
          @Override
          public Ledger create(@Nullable FileIdentity page) throws IOException {
            return p.ledgers().create(page);
          }

          @Override
          public List<ForeignLedger> others() {
            return List.of();
          }
        };
    return new Ports(
        p.configFile(),
        p.locks(),
        p.generations(),
        alone,
        p.ticker(),
        p.mounts(),
        p.chunkStores(),
        p.seam());
  }

  private static Ports with(Ports p, ConfigFile file, Locks locks, Generations generations) {
    return new Ports(
        file, locks, generations, p.ledgers(), p.ticker(), p.mounts(), p.chunkStores(), p.seam());
  }

  private static Generations of(Ports p, UnaryOperator<Generation> bend) {
    return () -> {
      Generation real = p.generations().open();
      return real == null ? null : bend.apply(real);
    };
  }

  private record SlowConfig(ConfigFile file) implements ConfigFile {
    @Override
    public String path() {
      return file.path();
    }

    @Override
    public byte @Nullable [] read() throws IOException {
      byte[] bytes = file.read();
      Spin.longer();
      return bytes;
    }

    @Override
    public void replace(byte[] content) throws IOException {
      file.replace(content);
    }
  }

  private record SlowStores(ChunkStores stores) implements ChunkStores {
    @Override
    public FileIdentity identify(String path) throws IOException {
      return stores.identify(path);
    }

    @Override
    public ChunkStore open(String path, FileIdentity expected) throws IOException {
      return new SlowStore(stores.open(path, expected));
    }

    @Override
    public void create(String path) throws IOException {
      stores.create(path);
    }
  }

  private record SlowStore(ChunkStores.ChunkStore store) implements ChunkStores.ChunkStore {
    @Override
    public String path() {
      return store.path();
    }

    @Override
    public FileIdentity identity() {
      return store.identity();
    }

    @Override
    public ChunkStores.@Nullable Guard tryShared() throws IOException {
      return store.tryShared();
    }

    @Override
    public ChunkStores.@Nullable Guard tryExclusive() throws IOException {
      return store.tryExclusive();
    }

    @Override
    public void close() throws IOException {
      Spin.longer();
      store.close();
    }
  }

  /** A generation that is right but for what is overridden. For one thread. */
  private static class BentGeneration implements Generation {
    final Generation real;

    BentGeneration(Generation real) {
      this.real = real;
    }

    @Override
    public long get() {
      return real.get();
    }

    @Override
    public long increment() {
      return real.increment();
    }

    @Override
    public FileIdentity identity() {
      return real.identity();
    }

    @Override
    public boolean inPlace() throws IOException {
      return real.inPlace();
    }
  }

  private static final class Repeated extends BentGeneration {
    private boolean repeat;
    private long last;

    Repeated(Generation real) {
      super(real);
    }

    @Override
    public long get() {
      if (!repeat) {
        last = real.get();
      }
      repeat = !repeat;
      return last;
    }
  }

  private static final class Overtaken extends BentGeneration {
    private final Runnable rival;
    private int looks;

    Overtaken(Generation real, Runnable rival) {
      super(real);
      this.rival = rival;
    }

    @Override
    public synchronized long get() {
      looks++;
      if (looks == 2) {
        rival.run();
      }
      return real.get();
    }
  }

  private static final class Own extends BentGeneration {
    private volatile long value;

    Own(Generation real) {
      super(real);
      this.value = real.get();
    }

    @Override
    public long get() {
      return value;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // with the config lock held
    public long increment() {
      return ++value;
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
