package io.github.datastorelookup;

import io.github.datastorelookup.config.MaintenanceMode;

/** What a caller wants to do with a datastore; decides which maintenance modes refuse it. */
public enum Operation {
  /** Reads backups. Counted; its handle has the open chunk store. */
  READ,
  /** Changes backups. Counted; its handle has the open chunk store. */
  WRITE,
  /** Looks at in-memory state only: opens no file, keeps none open, is not counted. */
  LOOKUP;

  /** Whether a datastore in this mode admits this operation. */
  boolean admittedBy(MaintenanceMode mode) {
    return switch (this) {
      case READ -> mode.admitsRead();
      case WRITE -> mode.admitsWrite();
      case LOOKUP -> mode.admitsLookup();
    };
  }
}
