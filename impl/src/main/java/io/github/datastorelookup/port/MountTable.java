package io.github.datastorelookup.port;

/** Tells which removable datastores are mounted. */
public interface MountTable {
  /**
   * Whether the device is mounted at this path. Does no I/O on the mounted file system.
   *
   * @param backingDevice UUID of the file system, lower case
   * @param path absolute path
   */
  Status status(String backingDevice, String path);

  /** The known state of a mount. */
  enum Status {
    /** This device is mounted there. */
    MOUNTED,
    /** This device is not mounted there. */
    NOT_MOUNTED,
    /** The table could not be read: refuse the lookup, but close no files. */
    UNKNOWN
  }
}
