package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.port.OperationWord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills the mutant {@code idle-ignores-writes}: each run shows that its mutant runner can kill. */
@Tag("runner")
final class WordOracleTest {
  @Test
  @Tag("kills:idle-ignores-writes")
  void idle_withOneOperation_isFalse() {
    for (long unit : new long[] {OperationWord.READ, OperationWord.WRITE}) {
      if (OperationWord.idle(unit | OperationWord.CLOSED)) {
        throw new InvariantViolation("INV-6", "idle word=" + OperationWord.describe(unit));
      }
    }
  }
}
