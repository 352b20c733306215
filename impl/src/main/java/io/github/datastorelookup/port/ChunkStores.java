package io.github.datastorelookup.port;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens chunk stores. Any call may hang for as long as the file system below does. */
public interface ChunkStores {
  /**
   * Which {@code .lock} is at this path now, without opening it.
   *
   * @param path absolute path of the datastore
   * @throws IOException when there is none, or that cannot be told
   */
  FileIdentity identify(String path) throws IOException;

  /**
   * Opens the chunk store. Never creates {@code .lock}: a bare mount point is no empty datastore.
   *
   * @param path absolute path of the datastore
   * @param expected what {@link #identify} said; claimed by the caller in this process
   * @throws IOException when it cannot be opened, or is another one meanwhile; nothing stays open
   */
  ChunkStore open(String path, FileIdentity expected) throws IOException;

  /**
   * Makes the directory and {@code .lock} of a new datastore. What is there already stays, and is
   * not opened: closing a descriptor of it would drop this process's locks.
   *
   * @throws IOException when one of them can neither be made nor found
   */
  void create(String path) throws IOException;

  /** The open files of a datastore. Thread-safe. */
  interface ChunkStore {
    /** The absolute path it was opened at. */
    String path();

    /** Its {@code .lock}. */
    FileIdentity identity();

    /**
     * Takes the lock that writers of all processes share.
     *
     * @return the guard, or null when some process has it exclusively
     * @throws IOException when the lock cannot be asked for
     */
    @Nullable Guard tryShared() throws IOException;

    /**
     * Takes the lock for garbage collection.
     *
     * @return the guard, or null when anybody else has it, in this process or another
     * @throws IOException when the lock cannot be asked for
     */
    @Nullable Guard tryExclusive() throws IOException;

    /**
     * Closes the files. With any descriptor of {@code .lock} closed, all locks that this process
     * has on it are gone: that is why a process opens each identity once.
     *
     * @throws IOException when closing failed; the files count as closed all the same
     */
    void close() throws IOException;
  }

  /** A lock that is held. Closing twice counts once. */
  interface Guard extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
