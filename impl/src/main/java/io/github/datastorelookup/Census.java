package io.github.datastorelookup;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.OperationWord;

/**
 * The sum of the operation words of one datastore.
 *
 * @param reads the READ operations
 * @param writes the WRITE operations
 * @param closed whether every word is exactly {@code CLOSED}
 */
record Census(int reads, int writes, boolean closed) {
  /** Of no words. */
  static final Census EMPTY = new Census(0, 0, true);

  /** With one word more. */
  Census plus(long word) {
    return new Census(
        reads + OperationWord.reads(word),
        writes + OperationWord.writes(word),
        closed && word == OperationWord.CLOSED);
  }

  /** M2: whether no process runs, or is about to be granted, what this mode refuses. */
  boolean drained(MaintenanceMode mode) {
    return mode.clears() ? closed : writes == 0 && (mode.admitsRead() || reads == 0);
  }

  ActiveOperations operations() {
    return new ActiveOperations(reads, writes);
  }
}
