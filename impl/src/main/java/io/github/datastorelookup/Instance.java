package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.port.ChunkStores.ChunkStore;

/**
 * A section bound to the slot's open chunk store: what READ and WRITE handles use. Immutable.
 *
 * @param section the section of the config
 * @param store open at the section's path
 */
record Instance(DatastoreSection section, ChunkStore store) {
  /** L5: whether the chunk store is open for this operation. */
  boolean serves(Operation operation) {
    return operation != Operation.WRITE || store.writable();
  }

  /** Whether the section is unchanged: loads reuse the objects of unchanged sections. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(DatastoreSection current) {
    return section == current;
  }
}
