package io.github.datastorelookup;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.OperationWord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The words of one datastore in all live processes, read one after the other (clauses M2, M3).
 *
 * @param operations the sum of the counts
 * @param drained whether every word is exactly {@code CLOSED}
 */
record Census(ActiveOperations operations, boolean drained) {
  /** M2: whether nobody has, or is about to get, what this mode refuses. */
  boolean drained(MaintenanceMode mode) {
    return mode.clears()
        ? drained
        : operations.writes() == 0 && (mode.admitsRead() || operations.reads() == 0);
  }

  /**
   * Reads the words. Only with the config lock held: dead ledgers are probed.
   *
   * @param own this process's word
   * @param generation this process's counter
   * @throws DatastoreException.LedgerUnavailable when a live process cannot be asked, or does not
   *     hear this process's bumps
   */
  static Census take(
      String name, long own, LedgerDirectory ledgers, @Nullable Generation generation) {
    int reads = OperationWord.reads(own);
    int writes = OperationWord.writes(own);
    boolean drained = own == OperationWord.CLOSED;
    String path = "(all)";
    try {
      for (ForeignLedger other : ledgers.others()) {
        path = other.path();
        long word = other.word(name);
        // Only words that are not drained are worth a probe: who is dead counts nothing.
        if (word == OperationWord.CLOSED && hearsUs(other, generation)) {
          continue;
        }
        if (other.ownerDied()) {
          continue;
        }
        if (!hearsUs(other, generation)) {
          throw new DatastoreException.LedgerUnavailable(
              path, null, "its process uses another generation page=" + other.generationPage());
        }
        reads += OperationWord.reads(word);
        writes += OperationWord.writes(word);
        drained = false;
      }
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable(path, e, String.valueOf(e.getMessage()));
    }
    return new Census(new ActiveOperations(reads, writes), drained);
  }

  /** A process on another page misses our bumps. One with no page is never warm (S4). */
  private static boolean hearsUs(ForeignLedger other, @Nullable Generation generation) {
    FileIdentity page = other.generationPage();
    return page == null || generation == null || page.equals(generation.identity());
  }
}
