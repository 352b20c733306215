package io.github.datastorelookup.port;

import java.io.IOException;

/** The lock files of one process: created when missing, opened once, never unlinked. */
public interface Locks extends AutoCloseable {
  /** The lock around every edit and every slow lookup, of all processes. */
  LockFile config();

  /**
   * The lock held by whoever changes the mode or the path of this datastore, or removes it.
   *
   * @param name a safe id; the same name gives the same object
   */
  LockFile maintenance(String name);

  /** Closes the files. One that is locked is closed when it is unlocked. */
  @Override
  void close() throws IOException;

  /**
   * An exclusive lock between processes. Between the threads of one process the caller excludes:
   * {@link #tryLock} and {@link #unlock} are only called with a mutex of this process held.
   */
  interface LockFile {
    /** The file's name, for messages. */
    String path();

    /**
     * Takes the lock if no process has it. Never waits; not affected by interrupts.
     *
     * @throws IOException when the file cannot be opened or locked, or a lock once got was lost
     */
    boolean tryLock() throws IOException;

    /** Gives the lock back. One that got lost stays lost: {@link #tryLock} throws from then on. */
    void unlock();
  }
}
