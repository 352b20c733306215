package io.github.datastorelookup.jvm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.ScheduledTask;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code Sync} promises, of the one that production uses. */
@Timeout(60)
final class JvmSyncContractTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final JvmSync sync = new JvmSync();

  /** Runs this on another thread, and waits for its answer. */
  private static boolean elsewhere(CheckedBoolean question) throws InterruptedException {
    AtomicBoolean answer = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.set(question.ask());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
    return answer.get();
  }

  private interface CheckedBoolean {
    boolean ask() throws InterruptedException;
  }

  @Test
  void mutex_held_excludesOtherThreadsUntilItIsReleased() throws InterruptedException {
    Mutex mutex = sync.newMutex("m");
    mutex.lock();
    assertFalse(elsewhere(mutex::tryLock));
    assertFalse(elsewhere(() -> mutex.tryLock(1)));
    mutex.unlock();
    assertTrue(elsewhere(() -> mutex.tryLock() && release(mutex)));
    assertTrue(elsewhere(() -> mutex.tryLock(1) && release(mutex)));
    assertTrue(mutex.tryLock());
    assertFalse(elsewhere(mutex::tryLock));
    mutex.unlock();
  }

  private static boolean release(Mutex mutex) {
    mutex.unlock();
    return true;
  }

  @Test
  void tryLock_onAnInterruptedThread_throwsAndKeepsTheFlag() throws InterruptedException {
    Mutex mutex = sync.newMutex("m");
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> mutex.tryLock(HOUR));
    assertTrue(Thread.interrupted());
    assertTrue(elsewhere(mutex::tryLock), "not held");
  }

  @Test
  void pause_onAnInterruptedThread_throwsAndKeepsTheFlag() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> sync.pause(HOUR));
    assertTrue(Thread.interrupted());
  }

  @Test
  void pause_ofAWhile_takesThatLong() throws InterruptedException {
    long start = System.nanoTime();
    sync.pause(2_000_000);
    assertTrue(System.nanoTime() - start >= 2_000_000);
  }

  @Test
  void interrupt_setsTheFlag() {
    sync.interrupt();
    assertTrue(Thread.interrupted());
  }

  @Test
  void refAndMap_keepWhatTheyAreGiven() {
    VolatileRef<String> ref = sync.newVolatileRef("r", "first");
    assertEquals("first", ref.get());
    ref.set("second");
    assertEquals("second", ref.get());
    ref.set(null);
    assertNull(ref.get());
    ConcurrentMap<String, Integer> map = sync.newMap("m");
    assertNull(map.putIfAbsent("a", 1));
    assertEquals(1, map.get("a"));
  }

  @Test
  void random_ofABound_isBelowItAndNotAlwaysTheSame() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(sync.random(3));
    }
    assertEquals(Set.of(0L, 1L, 2L), seen);
  }

  @Test
  void scheduled_withALongPause_waitsBeforeTheFirstRunAndEndsWhenClosed() {
    Set<Thread> before = threads("datastore-lookup-watcher");
    AtomicInteger runs = new AtomicInteger();
    ScheduledTask task = sync.scheduleWithFixedDelay(HOUR, runs::incrementAndGet);
    Set<Thread> after = threads("datastore-lookup-watcher");
    after.removeAll(before);
    Thread thread = after.iterator().next();
    assertTrue(thread.isDaemon());
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt(); // code of the host's that interrupts all threads
    await().until(() -> !thread.isInterrupted());
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    task.close();
    await().until(() -> !thread.isAlive());
    assertEquals(0, runs.get());
  }

  private static Set<Thread> threads(String name) {
    Set<Thread> found = new HashSet<>();
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.getName().equals(name)) {
        found.add(each);
      }
    }
    return found;
  }

  @Test
  void whenUnreachable_ofManyObjects_usesOneThread() {
    Object watched = new Object();
    try {
      Runnable first = sync.whenUnreachable(watched, () -> {});
      Set<Thread> before = cleaners();
      Runnable second = sync.whenUnreachable(watched, () -> {});
      Set<Thread> after = cleaners();
      after.removeAll(before);
      assertEquals(Set.of(), after);
      first.run();
      second.run();
    } finally {
      Reference.reachabilityFence(watched);
    }
  }

  private static Set<Thread> cleaners() {
    Set<Thread> found = new HashSet<>();
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.getName().startsWith("Cleaner-")) {
        found.add(each);
      }
    }
    return found;
  }

  /** An object that lives as long as the host is watched and let go many times. */
  @Test
  void whenUnreachable_afterItsEnd_letsTheTaskGo() {
    Object watched = new Object();
    try {
      WeakReference<Object> used = watchAndEnd(watched);
      await()
          .until(
              () -> {
                System.gc();
                return used.get() == null;
              });
      assertNull(used.get());
    } finally {
      Reference.reachabilityFence(watched);
    }
  }

  private WeakReference<Object> watchAndEnd(Object watched) {
    AtomicBoolean used = new AtomicBoolean();
    sync.whenUnreachable(watched, () -> used.set(true)).run();
    return new WeakReference<>(used);
  }

  @Test
  void runDetached_taskThatEnds_hasEndedOnADaemonThread() {
    AtomicReference<Thread> ran = new AtomicReference<>();
    sync.runDetached(HOUR, () -> ran.set(Thread.currentThread()));
    Thread thread = Objects.requireNonNull(ran.get());
    assertEquals("datastore-lookup-closer", thread.getName());
    assertTrue(thread.isDaemon());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void runDetached_taskThatHangs_isLeftAfterItsTime() {
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    long start = System.nanoTime();
    sync.runDetached(
        5_000_000,
        () -> {
          awaitUninterruptibly(leave);
          ended.set(true);
        });
    assertTrue(System.nanoTime() - start >= 5_000_000);
    assertFalse(ended.get());
    leave.countDown();
    await().untilTrue(ended);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void runDetached_taskThatThrows_isLogged() {
    Error thrown = new AssertionError("thrown by the task");
    List<Throwable> told = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            if (message.getMessage().equals("background task failed")) {
              told.add(message.getThrown());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(JvmSync.class.getPackageName());
    logger.addHandler(handler);
    try {
      sync.runDetached(
          HOUR,
          () -> {
            throw thrown;
          });
    } finally {
      logger.removeHandler(handler);
    }
    assertTrue(told.contains(thrown), told::toString);
  }
}
