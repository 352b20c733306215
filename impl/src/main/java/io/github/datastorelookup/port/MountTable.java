package io.github.datastorelookup.port;

/** Which removable datastores are mounted. */
public interface MountTable {
  /**
   * Whether the device is mounted at this path. Does no I/O on the mounted file system.
   *
   * @param backingDevice UUID of the file system, lower case
   * @param path absolute path
   */
  Status status(String backingDevice, String path);

  /** What is known of a mount. */
  enum Status {
    /** This device is mounted there. */
    MOUNTED,
    /** It is not. */
    NOT_MOUNTED,
    /** The table could not be read: refuse, but evict nobody. */
    UNKNOWN
  }
}
