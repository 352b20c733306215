package io.github.datastorelookup.model;

import org.jspecify.annotations.Nullable;

/**
 * One process's part of the state that all processes share; immutable.
 *
 * @param counter whether it found a generation counter
 * @param stopped the last value of a page that was replaced, and is bumped no more; or null
 * @param ledgerLost whether its ledger was deleted
 * @param lockLost whether it lost the lock on its ledger
 * @param noticed whether the process knows of one of the three
 * @param ledgerFull whether its ledger takes no more entries
 * @param sectionsKnown whether its registry has parsed or saved a config with sections
 * @param mostFiles how many chunk stores it can have open
 */
public record ModelSharedState(
    boolean counter,
    @Nullable Long stopped,
    boolean ledgerLost,
    boolean lockLost,
    boolean noticed,
    boolean ledgerFull,
    boolean sectionsKnown,
    int mostFiles) {
  static ModelSharedState found(boolean counter) {
    return new ModelSharedState(
        counter, null, false, false, false, false, false, Command.LimitFiles.UNLIMITED);
  }

  /** Whether it has to stop at its next check: clause T3. */
  boolean replaced() {
    return noticed || ledgerLost || lockLost || oldPage();
  }

  /** Whether it uses a page that other processes do not use. */
  boolean oldPage() {
    return counter && stopped != null;
  }

  /** Whether its next read of the generation counts, and gives this value. */
  boolean says(long generation, long ofThePageOfNow) {
    return counter && !noticed && generation == (stopped == null ? ofThePageOfNow : stopped);
  }

  ModelSharedState full(boolean now) {
    return new ModelSharedState(
        counter, stopped, ledgerLost, lockLost, noticed, now, sectionsKnown, mostFiles);
  }

  ModelSharedState limited(int most) {
    return new ModelSharedState(
        counter, stopped, ledgerLost, lockLost, noticed, ledgerFull, sectionsKnown, most);
  }

  ModelSharedState knowingSections() {
    return new ModelSharedState(
        counter, stopped, ledgerLost, lockLost, noticed, ledgerFull, true, mostFiles);
  }

  ModelSharedState looked() {
    return new ModelSharedState(
        counter, stopped, ledgerLost, lockLost, replaced(), ledgerFull, sectionsKnown, mostFiles);
  }

  ModelSharedState withoutLedger() {
    return new ModelSharedState(
        counter, stopped, true, lockLost, noticed, ledgerFull, sectionsKnown, mostFiles);
  }

  ModelSharedState withoutLock() {
    return new ModelSharedState(
        counter, stopped, ledgerLost, true, noticed, ledgerFull, sectionsKnown, mostFiles);
  }

  ModelSharedState withoutPage(long last) {
    return new ModelSharedState(
        counter,
        stopped == null ? last : stopped,
        ledgerLost,
        lockLost,
        noticed,
        ledgerFull,
        sectionsKnown,
        mostFiles);
  }
}
