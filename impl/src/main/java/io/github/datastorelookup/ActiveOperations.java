package io.github.datastorelookup;

import java.io.Serializable;

/**
 * The operations on one datastore, of all live processes.
 *
 * @param reads number of READ operations
 * @param writes number of WRITE operations
 */
public record ActiveOperations(int reads, int writes) implements Serializable {}
