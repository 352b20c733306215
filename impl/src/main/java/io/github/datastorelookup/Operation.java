package io.github.datastorelookup;

import io.github.datastorelookup.config.MaintenanceMode;

/** The access that a caller requests; determines which maintenance modes refuse it. */
public enum Operation {
  /** Reads backups. Counted; its handle has the open chunk store. */
  READ,
  /** Changes backups. Counted; its handle has the open chunk store. */
  WRITE,
  /** Reads in-memory state only: opens no file, keeps no file open, is not counted. */
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
