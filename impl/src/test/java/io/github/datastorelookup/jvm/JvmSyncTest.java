package io.github.datastorelookup.jvm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.Sync.ScheduledTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JvmSyncTest {
  private final JvmSync sync = new JvmSync();

  @Test
  void every_whenARunThrowsAnError_runsAgain() {
    AtomicInteger runs = new AtomicInteger();
    try (ScheduledTask repeated =
        sync.scheduleWithFixedDelay(
            1_000_000,
            () -> {
              runs.incrementAndGet();
              throw new AssertionError("as an OutOfMemoryError would");
            })) {
      await().until(() -> runs.get() > 2);
      assertTrue(runs.get() > 2, "until it is closed: " + repeated);
    }
  }

  @Test
  void uninterrupted_onAnInterruptedThread_hidesTheInterruptAndGivesItBack() {
    Thread.currentThread().interrupt();
    sync.uninterrupted(() -> assertFalse(Thread.currentThread().isInterrupted()));
    assertTrue(Thread.interrupted());
  }
}
