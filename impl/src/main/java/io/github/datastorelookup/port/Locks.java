package io.github.datastorelookup.port;

import java.io.IOException;
import java.util.Set;

/** The lock files of one process: created when missing, never unlinked. */
public interface Locks extends AutoCloseable {
  /** The lock around every edit and every slow lookup, of all processes. */
  LockFile config();

  /**
   * The lock that a process holds to change this datastore's mode or path, or to remove it. Its
   * file is open only while it is locked.
   *
   * @param name a safe id; the same name gives the same object
   */
  LockFile maintenance(String name);

  /** Closes the files. A locked file is closed when it is unlocked. */
  @Override
  void close() throws IOException;

  /**
   * An exclusive lock between processes. The caller excludes the threads of its own process: it
   * calls {@link #tryLock} and {@link #unlock} only with a mutex of that process held.
   */
  interface LockFile {
    /** The file's name, for messages. */
    String path();

    /**
     * Acquires the lock if no process holds it. Never waits; ignores interrupts.
     *
     * @throws IOException when the file cannot be opened or locked, or an acquired lock was lost
     */
    boolean tryLock() throws IOException;

    /** The pids of the processes that hold it now, for messages; empty when that is unknown. */
    default Set<Long> holders() {
      return Set.of();
    }

    /**
     * Releases the lock. A lost lock stays lost: {@link #tryLock} throws from then on.
     *
     * @throws java.io.UncheckedIOException when the lock was lost while it was held
     */
    void unlock();
  }
}
