package io.github.datastorelookup.config;

/** What a datastore admits during maintenance, and whether idle files must be closed. */
public enum MaintenanceMode {
  /** No maintenance. */
  NONE("", true, true, true, false),
  /** Readers only. */
  READ_ONLY("read-only", true, false, true, false),
  /** Out of use; idle files are closed. */
  OFFLINE("offline", false, false, true, true),
  /** Being destroyed; no other mode can follow. */
  DELETE("delete", false, false, false, true),
  /** Being unmounted; idle files are closed. */
  UNMOUNT("unmount", false, false, true, true),
  /** Its content is refreshed from the object store; files may stay open. */
  S3_REFRESH("s3-refresh", false, false, true, false),
  /** A value this program does not know: refuses READ and WRITE (fail closed), closes nothing. */
  UNKNOWN("", false, false, true, false);

  private final String key;
  private final boolean read;
  private final boolean write;
  private final boolean lookup;
  private final boolean clears;

  MaintenanceMode(String key, boolean read, boolean write, boolean lookup, boolean clears) {
    this.key = key;
    this.read = read;
    this.write = write;
    this.lookup = lookup;
    this.clears = clears;
  }

  /**
   * The mode named {@code key}, or {@link #UNKNOWN} if there is none. Never {@link #NONE}: that is
   * the absence of the property, and a mistyped or empty value must not admit writers.
   */
  public static MaintenanceMode ofKey(String key) {
    for (MaintenanceMode mode : values()) {
      if (!key.isEmpty() && mode.key.equals(key)) {
        return mode;
      }
    }
    return UNKNOWN;
  }

  /**
   * The value of {@code type} in {@code maintenance-mode}; empty for {@link #NONE} and {@link
   * #UNKNOWN}.
   */
  public String key() {
    return key;
  }

  /** Whether READ is admitted. */
  public boolean admitsRead() {
    return read;
  }

  /** Whether WRITE is admitted. */
  public boolean admitsWrite() {
    return write;
  }

  /** Whether LOOKUP is admitted. */
  public boolean admitsLookup() {
    return lookup;
  }

  /** Whether open files have to be closed once no READ or WRITE is left (a clearing mode). */
  public boolean clears() {
    return clears;
  }
}
