package io.github.datastorelookup.port;

import java.io.IOException;

/** The mounted removable datastores. */
public interface MountTable {
  /**
   * Whether the device is mounted at this path. Does no I/O on the mounted file system.
   *
   * @param backingDevice UUID of the file system, lower case
   * @param path absolute path
   * @throws IOException when that cannot be determined; names file and cause. The caller treats it
   *     as {@link Status#UNKNOWN}
   */
  Status status(String backingDevice, String path) throws IOException;

  /** The known state of a mount. */
  enum Status {
    /** This device is mounted there. */
    MOUNTED,
    /** This device is not mounted there. */
    NOT_MOUNTED,
    /**
     * It cannot be determined, and there is no cause to report: refuse the lookup, close no file.
     */
    UNKNOWN
  }
}
