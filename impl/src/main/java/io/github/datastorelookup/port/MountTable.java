package io.github.datastorelookup.port;

import java.io.IOException;

/** Tells which removable datastores are mounted. */
public interface MountTable {
  /**
   * Whether the device is mounted at this path. Does no I/O on the mounted file system.
   *
   * @param backingDevice UUID of the file system, lower case
   * @param path absolute path
   * @throws IOException when that cannot be told, as {@link Status#UNKNOWN}; names file and cause
   */
  Status status(String backingDevice, String path) throws IOException;

  /** The known state of a mount. */
  enum Status {
    /** This device is mounted there. */
    MOUNTED,
    /** This device is not mounted there. */
    NOT_MOUNTED,
    /** It cannot be told, and the cause is not known: refuse the lookup, but close no files. */
    UNKNOWN
  }
}
