package io.github.datastorelookup.port;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledgers of all processes in one run directory. */
public interface LedgerDirectory {
  /**
   * Creates this process's ledger, complete and locked before other processes can see it. Also
   * starts to delete the ledgers of dead processes, as {@link #prune} does, and does not wait for
   * that.
   *
   * @param generationPage the page this process uses, or null for none
   * @throws IOException when it cannot be created, or this process already has one here
   */
  Ledger create(@Nullable FileIdentity generationPage) throws IOException;

  /**
   * Finds out which processes died, so that {@link #others} need not, and deletes their ledgers.
   * Best effort: only the time for which the config lock is held later depends on it. Call it
   * without the config lock: with many dead processes it takes long.
   */
  void prune();

  /**
   * The ledgers of the other processes, except processes that were found dead. Call only with the
   * config lock held.
   *
   * @throws IOException when one cannot be read and its owner may be alive, or when its owner runs
   *     without its lock
   */
  List<ForeignLedger> others() throws IOException;

  /** The ledger of this process. Its owner holds a lock on it for life: alive means locked. */
  interface Ledger extends AutoCloseable {
    /** The file's name, for messages. */
    String path();

    /**
     * Appends an entry with the word {@link OperationWord#CLOSED}, or returns the word of an
     * existing entry. Call only with the config lock held.
     *
     * <p>Happens-before: the write of the name happens before another process sees the entry.
     *
     * @param name a safe id
     * @throws IOException when there is no room; the ledger is then unchanged
     */
    AtomicWord append(String name) throws IOException;

    /**
     * Whether other processes still see this process by its ledger. True if the ledger is the file
     * at its path, whole, without an end mark, and locked as far as the system shows that.
     *
     * @throws IOException when that cannot be determined
     */
    boolean inPlace() throws IOException;

    /**
     * The fault that the last {@link #inPlace} found, worded to follow the name of the file; null
     * for none.
     */
    default @Nullable String fault() {
      return null;
    }

    /**
     * Marks the ledger as closed, deletes it and releases its lock; closing again does nothing.
     * From then on this process counts as dead in spite of its words, and {@link #append} fails.
     */
    @Override
    void close() throws IOException;
  }

  /** A ledger of another process, as it was listed. */
  interface ForeignLedger {
    /** The file's name, for messages. */
    String path();

    /** The generation page that its process uses, or null for none. */
    @Nullable FileIdentity generationPage();

    /**
     * The word of this datastore; exactly {@link OperationWord#CLOSED} when it has no entry.
     *
     * @throws IOException when the ledger cannot be read and its owner may be alive
     */
    long word(String name) throws IOException;

    /**
     * Whether the process is dead or closed its ledger, so that its words never count again. Once
     * true, it is true for ever, and the ledger is not listed again.
     *
     * @throws IOException when that cannot be determined, or when the process runs and lost its
     *     lock
     */
    boolean ownerDied() throws IOException;
  }
}
