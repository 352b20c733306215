package io.github.datastorelookup.port;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledgers of all processes in one run directory. */
public interface LedgerDirectory {
  /**
   * Creates this process's ledger, complete and locked before other processes can see it.
   *
   * @param generationPage the page this process uses, or null for none
   * @throws IOException when it cannot be created, or this process already has one here
   */
  Ledger create(@Nullable FileIdentity generationPage) throws IOException;

  /**
   * The ledgers of the other processes, dead ones included. Call only with the config lock held.
   *
   * @throws IOException when one cannot be read: its owner may be alive
   */
  List<ForeignLedger> others() throws IOException;

  /** The ledger of this process. Its owner holds a lock on it for life: alive means locked. */
  interface Ledger extends AutoCloseable {
    /** The file's name, for messages. */
    String path();

    /**
     * Appends an entry, initially {@link OperationWord#CLOSED}; the same word if there is one
     * already. Call only with the config lock held. Other processes see the name before they see
     * the entry.
     *
     * @param name a safe id
     * @throws IOException when there is no room; the ledger is then unchanged
     */
    AtomicWord append(String name) throws IOException;

    /**
     * Whether the ledger is still the file at its path.
     *
     * @throws IOException when that cannot be determined
     */
    boolean inPlace() throws IOException;

    /**
     * Deletes the ledger and releases its lock; closing again does nothing. From then on this
     * process counts as dead, whatever its words say, and {@link #append} fails.
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
     * @throws IOException when the ledger cannot be read: its owner may be alive
     */
    long word(String name) throws IOException;

    /**
     * Whether the process is dead, so that its words never count again. Deletes the ledger if so.
     * Call only with the config lock held: two probers would mistake each other for the owner.
     *
     * @throws IOException when that cannot be determined: it may be alive
     */
    boolean ownerDied() throws IOException;
  }
}
