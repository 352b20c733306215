package io.github.datastorelookup.races;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port decorators: delays that widen race windows, and wrong versions that each omit one step of
 * the protocol.
 */
public final class WeakenedPorts {
  private WeakenedPorts() {}

  // ---- slow, but right

  /** A thread that reads the config file acts on it only a while later. */
  static Ports slowReads(Ports p) {
    return p.withConfigFile(new SlowConfigFile(p.configFile()));
  }

  /** A thread that asks what is mounted has the answer only a while later. */
  static Ports slowMounts(Ports p) {
    return p.withMounts(
        (device, path) -> {
          Spin.longer();
          return p.mounts().status(device, path);
        });
  }

  /** Closing files takes a while. */
  static Ports slowClose(Ports p) {
    return p.withChunkStores(new SlowChunkStores(p.chunkStores()));
  }

  // ---- deliberately wrong

  /** Every second look at the generation gives what the one before it gave (no W4). */
  static Ports withoutRereading(Ports p) {
    return p.withGenerations(WeakenedGeneration.repeated(p.generations()))
        .withTicker(
            () -> { // a warm lookup asks for the time between its generation and its count
              Spin.longer();
              return p.ticker().nanoTime();
            });
  }

  /** This process has a generation of its own. */
  public static Ports ownGeneration(Ports p) {
    return p.withGenerations(WeakenedGeneration.own(p.generations()));
  }

  /** The config lock excludes no process. */
  public static Ports withoutConfigLock(Ports p) {
    return p.withLocks(new NoLocks(p.locks()));
  }

  /** A decider sees its own operations only. */
  static Ports withoutOthers(Ports p) {
    return p.withLedgers(
        new LedgerDirectory() {
          @Override
          public Ledger create(@Nullable FileIdentity page) throws IOException {
            return p.ledgers().create(page);
          }

          @Override
          public void prune() {}

          @Override
          public List<ForeignLedger> others() {
            return List.of();
          }
        });
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
