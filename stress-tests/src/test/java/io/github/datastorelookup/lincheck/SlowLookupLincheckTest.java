package io.github.datastorelookup.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.memory.HeapWord;
import io.github.datastorelookup.races.TwoProcesses;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Slow lookup against "set the mode, then read the words": the race of {@code
 * SlowLookupVersusSetMode}, with switches between any two accesses of memory that both threads
 * reach.
 */
@Tag("lincheck")
class SlowLookupLincheckTest {
  private static final int INVOCATIONS = Budget.current().times(300);

  private static void race(Supplier<TwoProcesses> machines) {
    Interleavings.explore(
        INVOCATIONS,
        () -> {
          TwoProcesses machine = machines.get();
          int[] granted = new int[1];
          Thread writer = new Thread(() -> granted[0] = machine.lookup());
          writer.start();
          int seen = machine.setModeThenCount();
          join(writer);
          if (granted[0] != seen) {
            throw new InvariantViolation(
                "INV-3", "granted=" + granted[0] + " writers, but the decider saw " + seen);
          }
        });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts here", e);
    }
  }

  @Test
  void slowLookup_againstSetModeAndCount_isSeenOrRefused() {
    race(() -> new TwoProcesses(HeapWord::new));
  }

  /** The canary: a Lincheck that sees nothing would pass the test above as well. */
  @Test
  void slowLookup_withoutConfigLock_isMissedByTheDecider() {
    InvariantViolation found =
        assertThrows(
            InvariantViolation.class,
            () -> race(() -> TwoProcesses.withoutConfigLock(HeapWord::new)));
    assertEquals("INV-3", found.invariant());
  }
}
