package io.github.datastorelookup.port;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens chunk stores. Any call may hang for as long as the underlying file system does. */
public interface ChunkStores {
  /**
   * The identity of the {@code .lock} at this path now; opens nothing.
   *
   * @param path absolute path of the datastore
   * @throws IOException when there is none, or its identity cannot be determined
   */
  FileIdentity identify(String path) throws IOException;

  /**
   * Opens the chunk store. Never creates {@code .lock}: a bare mount point is not a datastore.
   *
   * @param path absolute path of the datastore
   * @param expected the result of {@link #identify}, claimed by the caller in this process
   * @param write whether it must be {@linkplain ChunkStore#writable writable}; if false, a store
   *     that this process may only read, as on a read-only disk, is opened for reading
   * @throws IOException when it cannot be opened, or was replaced meanwhile. After any exception or
   *     Error nothing stays open
   */
  ChunkStore open(String path, FileIdentity expected, boolean write) throws IOException;

  /**
   * Whether this failure of any port may be due to a lack of file descriptors: this process or the
   * system has so many open that this process cannot open a handful more now.
   */
  boolean outOfFiles(IOException failure);

  /**
   * Creates the directory and {@code .lock} of a new datastore. Keeps existing files and does not
   * open them: closing a descriptor would drop this process's locks.
   *
   * @throws IOException when one of them can neither be created nor found
   */
  void create(String path) throws IOException;

  /**
   * Requires a path at which a datastore can be. Examines no file, and never waits.
   *
   * @throws IOException when the text is not an absolute path on this machine
   */
  default void requirePath(String path) throws IOException {}

  /** The open files of a datastore, as a holder of a handle sees them: it cannot close them. */
  interface ChunkStoreView {
    /** The absolute path at which it was opened. */
    String path();

    /** The identity of its {@code .lock}. */
    FileIdentity identity();

    /** Whether it was opened for writing too; never changes. */
    boolean writable();

    /**
     * Acquires the lock that writers of all processes share.
     *
     * @return the guard, or null when a process holds it exclusively
     * @throws IOException when the lock cannot be requested
     */
    @Nullable Guard tryShared() throws IOException;

    /**
     * Acquires the lock for garbage collection.
     *
     * @return the guard, or null when it is held already, in this process or another
     * @throws IOException when the lock cannot be requested, or the store is not writable
     */
    @Nullable Guard tryExclusive() throws IOException;
  }

  /** The open files of a datastore. Thread-safe. */
  interface ChunkStore extends ChunkStoreView {
    /**
     * Closes the files. Closing any descriptor of {@code .lock} drops all locks of this process on
     * it. Therefore a process opens each identity once.
     *
     * @throws IOException when closing fails; the files count as closed nevertheless. After an
     *     Error they do not
     */
    void close() throws IOException;
  }

  /** A held lock. Closing it again does nothing. */
  interface Guard extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
