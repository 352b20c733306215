package io.github.datastorelookup.port;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens the shared generation counter. */
public interface Generations {
  /**
   * Opens the counter that all processes share. It stays open until this process ends.
   *
   * @return the counter, or null when there is none (a supported state)
   * @throws IOException when the file is not a generation page or cannot be mapped
   */
  @Nullable Generation open() throws IOException;

  /**
   * The generation of {@code datastore.cfg}: an unsigned 64-bit number that every save increases.
   * Accesses are sequentially consistent, across processes too.
   */
  interface Generation {
    /** The current value. */
    long get();

    /** Atomically adds one and returns the new value. */
    long increment();

    /**
     * The file that holds the counter; processes agree on the generation only if they agree on it.
     */
    FileIdentity identity();

    /**
     * Whether the page in use is still the file at its path, whole, and its generation is not below
     * the highest one that this process saw.
     *
     * @throws IOException when that cannot be determined
     */
    boolean inPlace() throws IOException;

    /**
     * The fault that the last {@link #inPlace} found, worded to follow the name of the file; null
     * for none.
     */
    default @Nullable String fault() {
      return null;
    }
  }
}
