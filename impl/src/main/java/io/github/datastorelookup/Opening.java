package io.github.datastorelookup;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.LedgerDirectory.Ledger;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens the shared state of a process, with typed refusals. */
final class Opening {
  private Opening() {}

  static @Nullable Generation generation(Ports ports) {
    try {
      return ports.generations().open();
    } catch (IOException e) {
      throw new DatastoreException.GenerationUnavailable(
          "generation page is unavailable: " + e.getMessage(), e);
    }
  }

  static Ledger ledger(Ports ports, @Nullable Generation generation) {
    try {
      return ports.ledgers().create(generation == null ? null : generation.identity());
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable("(new)", e, String.valueOf(e.getMessage()));
    }
  }

  /** With the config lock held. */
  static AtomicWord entry(Ledger ledger, String name) {
    try {
      return ledger.append(name);
    } catch (IOException e) {
      throw new DatastoreException.LedgerUnavailable(
          ledger.path(), e, String.valueOf(e.getMessage()));
    }
  }
}
