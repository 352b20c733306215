package io.github.datastorelookup.port;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the shared generation counter is found. */
public interface Generations {
  /**
   * Opens the counter that all processes share, for this process's life.
   *
   * @return the counter, or null when there is none (a supported state)
   * @throws IOException when there is a file but it is no generation page, or cannot be mapped
   */
  @Nullable Generation open() throws IOException;

  /**
   * The generation of {@code datastore.cfg}: an unsigned 64-bit number that every save increases.
   * Accesses are sequentially consistent, across processes too.
   */
  interface Generation {
    /** The current value. */
    long get();

    /** Adds one, as one atomic step, and returns the new value. */
    long increment();

    /**
     * Which file the counter is in; processes agree on the generation only if they agree on this.
     */
    FileIdentity identity();

    /**
     * Whether the page in use is still the file at its path.
     *
     * @throws IOException when that cannot be told
     */
    boolean inPlace() throws IOException;
  }
}
