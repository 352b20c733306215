package io.github.datastorelookup;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.ForeignLedger;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * What this process has mapped of the state that all processes share: the generation page and its
 * own ledger; clauses S4 and T3.
 */
final class SharedState {
  private static final System.Logger LOG = System.getLogger(SharedState.class.getPackageName());

  private final Ports ports;
  private final @Nullable Generation generation;
  private final Ledger ledger;
  private final VolatileRef<Boolean> replaced;

  /**
   * Opens both; a generation page is found now, or never (S4).
   *
   * @throws DatastoreException.GenerationUnavailable when there is a page, but a broken one
   * @throws DatastoreException.LedgerUnavailable when the ledger cannot be created
   */
  SharedState(Ports ports) {
    this.ports = ports;
    this.replaced = ports.sync().newVolatileRef(false);
    try {
      this.generation = ports.generations().open();
    } catch (IOException e) {
      throw new DatastoreException.GenerationUnavailable(
          "generation page is unavailable: " + e.getMessage(), e);
    }
    try {
      this.ledger = ports.ledgers().create(generation == null ? null : generation.identity());
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable("(new)", e, String.valueOf(e.getMessage()));
    }
  }

  /** The generation of now; 0 if there is no counter. */
  long generation() {
    return generation == null ? 0 : generation.get();
  }

  /** Whether there is a counter, it is the one that all others use, and it says this. */
  boolean isNow(long value) {
    return generation != null && !isReplaced() && generation.get() == value;
  }

  /** Whether this process takes part in the handshake of generations at all (S4). */
  boolean hasCounter() {
    return generation != null;
  }

  /**
   * The counter, to save with.
   *
   * @throws DatastoreException.GenerationUnavailable when there is none (S4)
   */
  Generation requireCounter() {
    if (generation == null) {
      throw new DatastoreException.GenerationUnavailable(
          "no generation counter: saves are refused", null);
    }
    return generation;
  }

  /**
   * T3: the files in use are still those at their paths; once they were not, never again. Others do
   * not hear our bumps then, or do not see our words.
   *
   * @throws DatastoreException.SharedStateReplaced when they are not
   */
  void requireInPlace() {
    try {
      if (!isReplaced()) {
        if (ledger.inPlace() && (generation == null || generation.inPlace())) {
          return;
        }
        LOG.log(Level.ERROR, "ledger={0} or its generation page was replaced", ledger.path());
        replaced.set(true);
      }
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable(
          ledger.path(), e, "cannot be looked after: " + e.getMessage());
    }
    throw new DatastoreException.SharedStateReplaced(ledger.path());
  }

  private boolean isReplaced() {
    return Boolean.TRUE.equals(replaced.get());
  }

  /** Appends an entry, with the config lock held. */
  AtomicWord append(String name) {
    try {
      return ledger.append(name);
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable(
          ledger.path(), e, String.valueOf(e.getMessage()));
    }
  }

  /** The words of this datastore in all live processes, with the config lock held (M2, M3). */
  Census census(String name, long own) {
    return Census.take(name, own, ports.ledgers(), generation);
  }

  /** With the config lock held: deletes the ledgers of processes that died, as far as possible. */
  void buryTheDead() {
    try {
      for (ForeignLedger other : ports.ledgers().others()) {
        if (other.ownerDied()) {
          LOG.log(Level.INFO, "deleted the ledger of a dead process: {0}", other.path());
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a ledger cannot be read: {0}", e.getMessage());
    }
  }

  /** Deletes the ledger: from now on this process counts as dead. */
  void close() {
    try { // the ledger last: once it is gone this process may open another registry
      try {
        ports.locks().close();
      } finally {
        ledger.close();
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "ledger={0} stays: {1}", ledger.path(), e.getMessage());
    }
  }
}
