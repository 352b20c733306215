package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Locks.LockFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files in which the processes of a machine count their operations, one for a datastore. */
public interface OperationFiles {
  /**
   * The lock around each update of this datastore's file.
   *
   * @param name a safe id
   */
  LockFile lock(String name);

  /**
   * Reads the file.
   *
   * @return the bytes, or null when there is no such file yet
   * @throws IOException when it is there but cannot be read
   */
  byte @Nullable [] read(String name) throws IOException;

  /**
   * Replaces the file as one step, and does not sync it.
   *
   * @throws IOException when it could not be replaced
   */
  void replace(String name, byte[] content) throws IOException;

  /** The number of this process. */
  long pid();

  /** When this process started, in ticks; -1 when there is no such process. */
  long startTime(long pid);
}
