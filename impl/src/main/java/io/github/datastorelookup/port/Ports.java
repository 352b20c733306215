package io.github.datastorelookup.port;

/**
 * The ports of one registry.
 *
 * @param configFile the config file that all processes share
 * @param locks the config lock and the maintenance locks
 * @param generations the shared generation counter, if there is one
 * @param ledgers the operation words of all processes
 * @param ticker monotonic time
 * @param mounts which removable datastores are mounted
 * @param chunkStores opens the files of a datastore
 * @param sync the primitives that the threads of this process share
 */
public record Ports(
    ConfigFile configFile,
    Locks locks,
    Generations generations,
    LedgerDirectory ledgers,
    Ticker ticker,
    MountTable mounts,
    ChunkStores chunkStores,
    Sync sync) {

  /** The same ports with another config file. */
  public Ports withConfigFile(ConfigFile other) {
    return new Ports(other, locks, generations, ledgers, ticker, mounts, chunkStores, sync);
  }

  /** The same ports with other locks. */
  public Ports withLocks(Locks other) {
    return new Ports(configFile, other, generations, ledgers, ticker, mounts, chunkStores, sync);
  }

  /** The same ports with another generation counter. */
  public Ports withGenerations(Generations other) {
    return new Ports(configFile, locks, other, ledgers, ticker, mounts, chunkStores, sync);
  }

  /** The same ports with other ledgers. */
  public Ports withLedgers(LedgerDirectory other) {
    return new Ports(configFile, locks, generations, other, ticker, mounts, chunkStores, sync);
  }

  /** The same ports with another clock. */
  public Ports withTicker(Ticker other) {
    return new Ports(configFile, locks, generations, ledgers, other, mounts, chunkStores, sync);
  }

  /** The same ports with another mount table. */
  public Ports withMounts(MountTable other) {
    return new Ports(configFile, locks, generations, ledgers, ticker, other, chunkStores, sync);
  }

  /** The same ports with other chunk stores. */
  public Ports withChunkStores(ChunkStores other) {
    return new Ports(configFile, locks, generations, ledgers, ticker, mounts, other, sync);
  }
}
