package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreConfig;

/**
 * The parsed config file as one load found it. Immutable.
 *
 * @param config the parsed text
 * @param digest SHA-256 of the text, in hexadecimal
 * @param generation a value that the counter had before the text was read, or the value to which
 *     this load bumped it
 * @param loadedAt monotonic time before the text was read, in nanoseconds
 */
record Snapshot(DatastoreConfig config, String digest, long generation, long loadedAt) {}
