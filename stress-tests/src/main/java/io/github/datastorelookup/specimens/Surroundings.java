package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Ports;

/**
 * What one process gives its specimen.
 *
 * @param ports as for a registry; ledgers and monotonic time are used for nothing but waiting
 * @param operations where operations are counted instead
 * @param clock what ages a cached config
 */
public record Surroundings(Ports ports, OperationFiles operations, WallClock clock) {}
