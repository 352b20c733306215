package io.github.datastorelookup.jvm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.Sync.ScheduledTask;
import java.lang.ref.Reference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JvmSyncTest {
  private final JvmSync sync = new JvmSync();

  @Test
  @Tag("INV-5")
  @Tag("kills:watcher-ends-with-an-error")
  void every_whenARunThrowsAnError_runsAgain() throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(3);
    try (ScheduledTask repeated =
        sync.scheduleWithFixedDelay(
            1_000_000,
            () -> {
              runs.countDown();
              throw new AssertionError("as an OutOfMemoryError would");
            })) {
      assertTrue(runs.await(10, TimeUnit.SECONDS), "until it is closed: " + repeated);
    }
  }

  @Test
  void every_whenItsFailureCannotBeLogged_runsAgain() {
    AtomicInteger runs = new AtomicInteger();
    Handler full = new ThrowingHandler();
    Logger logger = Logger.getLogger(JvmSync.class.getPackageName());
    logger.addHandler(full);
    try (ScheduledTask repeated =
        sync.scheduleWithFixedDelay(
            1_000_000,
            () -> {
              runs.incrementAndGet();
              throw new IllegalStateException("has something to say");
            })) {
      await().until(() -> runs.get() > 2);
      assertTrue(runs.get() > 2, "until it is closed: " + repeated);
    } finally {
      logger.removeHandler(full);
    }
  }

  @Test
  @Tag("INV-5")
  @Tag("kills:interrupted-thread-does-not-wait-for-its-close")
  void runDetached_onAnInterruptedThread_waitsAllTheSame() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean seen = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              sync.runDetached(
                  TimeUnit.MINUTES.toNanos(1),
                  () -> {
                    begun.countDown();
                    awaitUninterruptibly(go);
                    done.set(true);
                  });
              seen.set(done.get() && Thread.currentThread().isInterrupted());
            });
    caller.start();
    begun.await();
    caller.interrupt();
    await().until(() -> !caller.isAlive() || caller.getState() == Thread.State.TIMED_WAITING);
    go.countDown();
    caller.join();
    assertTrue(seen.get(), "came back before the task's end, or lost the interrupt");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("INV-15")
  @Tag("kills:leaked-handles-wait-for-a-hung-one")
  void whenUnreachable_whileTheTaskOfAnotherObjectHangs_runs() {
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean hangs = new AtomicBoolean();
    AtomicBoolean ran = new AtomicBoolean();
    watchGarbage(
        () -> {
          hangs.set(true);
          awaitUninterruptibly(leave);
        });
    awaitCollected(hangs);
    watchGarbage(() -> ran.set(true));
    awaitCollected(ran);
    leave.countDown();
  }

  @Test
  void whenUnreachable_afterItsEnd_doesNotRun() {
    AtomicBoolean ran = new AtomicBoolean();
    Object watched = new Object();
    try {
      sync.whenUnreachable(watched, () -> ran.set(true)).run();
    } finally {
      Reference.reachabilityFence(watched);
    }
    AtomicBoolean another = new AtomicBoolean();
    watchGarbage(() -> another.set(true));
    awaitCollected(another);
    assertFalse(ran.get());
  }

  private void watchGarbage(Runnable task) {
    Runnable unused = sync.whenUnreachable(new Object(), task);
  }

  private static void awaitCollected(AtomicBoolean flag) {
    try {
      await()
          .until(
              () -> {
                System.gc();
                return flag.get();
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the task of an unreachable object did not run", e);
    }
  }

  /** A log target that is gone. */
  private static final class ThrowingHandler extends Handler {
    @Override
    public void publish(LogRecord message) {
      throw new IllegalStateException("the log target is gone");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void uninterrupted_onAnInterruptedThread_hidesTheInterruptAndGivesItBack() {
    Thread.currentThread().interrupt();
    sync.uninterrupted(() -> assertFalse(Thread.currentThread().isInterrupted()));
    assertTrue(Thread.interrupted());
  }

  @Test
  @Tag("INV-13")
  @Tag("kills:interrupt-lost-with-a-failure")
  void uninterrupted_ofATaskThatThrows_givesTheInterruptBackAllTheSame() {
    Thread.currentThread().interrupt();
    assertThrows(
        IllegalStateException.class,
        () ->
            sync.uninterrupted(
                () -> {
                  throw new IllegalStateException("thrown by the task");
                }));
    assertTrue(Thread.interrupted());
  }
}
