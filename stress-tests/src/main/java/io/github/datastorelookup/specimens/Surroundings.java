package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Ports;

/**
 * What one process provides to its specimen.
 *
 * @param ports as for a registry; the specimen uses no ledgers, and monotonic time only to wait
 * @param operations the files that count operations instead
 * @param clock ages a cached config
 */
public record Surroundings(Ports ports, OperationFiles operations, WallClock clock) {}
