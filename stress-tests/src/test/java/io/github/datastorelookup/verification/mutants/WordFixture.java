package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.port.OperationWord;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks of every temper, for the tests of the mutant runner. */
@Tag("fixture")
final class WordFixture {
  @Test
  void idle_withAWrite_isFalse() {
    requireBusy("INV-6");
  }

  @Test
  void idle_withAWrite_breaksAnotherInvariant() {
    requireBusy("INV-3");
  }

  @Test
  void idle_withAWrite_failsWithoutTheOracle() {
    assertFalse(OperationWord.idle(OperationWord.WRITE));
  }

  @Test
  void idle_withAWrite_wrapsTheViolation() {
    try {
      requireBusy("INV-6");
    } catch (InvariantViolation e) {
      throw new IllegalStateException("wrapped", new IllegalStateException("twice", e));
    }
  }

  @Test
  void idle_withAWrite_isSeenByAnAssertionOnly() {
    assert !OperationWord.idle(OperationWord.WRITE) : "INV-6: idle with a write";
  }

  @Test
  void idle_withAWrite_isSeenByAnAssertionFirst() {
    assert !OperationWord.idle(OperationWord.WRITE) : "INV-9: idle with a write";
    requireBusy("INV-6");
  }

  @Test
  void idle_withARead_isFalse() {
    if (OperationWord.idle(OperationWord.READ)) {
      throw new InvariantViolation("INV-6", "idle with a read");
    }
  }

  @Test
  void alwaysBroken() {
    if (OperationWord.LIMIT > 0) {
      throw new InvariantViolation("INV-6", "whatever the library does");
    }
  }

  @Test
  void neverEnds() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Test
  @Disabled("it is never begun")
  void neverBegins() {}

  private static void requireBusy(String invariant) {
    if (OperationWord.idle(OperationWord.WRITE)) {
      throw new InvariantViolation(invariant, "idle with a write");
    }
  }
}
