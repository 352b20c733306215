package io.github.datastorelookup.specimens;

import io.github.datastorelookup.config.DatastoreConfig;
import org.jspecify.annotations.Nullable;

/**
 * The parsed config that a lookup or a drop read.
 *
 * @param config the sections
 * @param digest SHA-256 of the file
 * @param version identifies an instance made of it: a digest or a generation; null without a
 *     generation, and then it equals nothing
 * @param loadedAt seconds since 1970 by the wall clock
 */
record Loaded(DatastoreConfig config, String digest, @Nullable Object version, long loadedAt) {
  boolean isOf(long generation) {
    return version instanceof Long own && own == generation;
  }

  @Override
  public String toString() {
    return version == null ? "of no version" : "of " + version;
  }
}
