package io.github.datastorelookup.port;

/**
 * What one process gives its registry.
 *
 * @param configFile the text that all processes share
 * @param locks the config lock and the maintenance locks
 * @param generations the shared generation counter, if there is one
 * @param ledgers the words of all processes
 * @param ticker monotonic time
 * @param mounts which removable datastores are mounted
 * @param chunkStores opens the files of a datastore
 * @param seam what the threads of this process share
 */
public record Ports(
    ConfigFile configFile,
    Locks locks,
    Generations generations,
    LedgerDirectory ledgers,
    Ticker ticker,
    MountTable mounts,
    ChunkStores chunkStores,
    Seam seam) {}
