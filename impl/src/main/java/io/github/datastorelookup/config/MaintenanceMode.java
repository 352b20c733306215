package io.github.datastorelookup.config;

/**
 * What a datastore admits while it is maintained, and whether its files must be closed when idle.
 */
public enum MaintenanceMode {
  /** No maintenance. */
  NONE("", true, true, true, false),
  /** Readers only. */
  READ_ONLY("read-only", true, false, true, false),
  /** Out of use; files are closed when idle. */
  OFFLINE("offline", false, false, true, true),
  /** Being destroyed; the only way on is to the end. */
  DELETE("delete", false, false, false, true),
  /** Being unmounted; files are closed when idle. */
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
   * The mode that {@code key} stands for, {@link #UNKNOWN} if for none. Never {@link #NONE}: that
   * is the absence of the property, and a value that is mistyped or empty must not admit writers.
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
