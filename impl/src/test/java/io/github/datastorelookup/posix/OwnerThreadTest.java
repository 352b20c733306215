package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OwnerThreadTest {
  private final OwnerThread owner = new OwnerThread();

  @Test
  void call_runsOnAnotherDaemonThread_withoutInterrupts() throws IOException {
    Thread.currentThread().interrupt();
    Thread ran =
        owner.call(
            () -> {
              assertFalse(Thread.currentThread().isInterrupted());
              return Thread.currentThread();
            });
    assertTrue(Thread.interrupted(), "the caller's flag is kept");
    assertNotSame(Thread.currentThread(), ran);
    assertTrue(ran.isDaemon());
    assertNull(ran.getContextClassLoader(), "keeps no classes of the host");
  }

  @Test
  void call_withoutInterrupt_setsNoFlag() throws IOException {
    assertEquals(1, owner.call(() -> 1));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void call_whileWorkRuns_outlivesAnInterrupt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Thread meddler =
        new Thread(
            () -> {
              try {
                running.await();
                caller.interrupt();
                // Until the caller took notice, and waits again with the flag cleared.
                Awaitility.await().until(() -> !caller.isInterrupted());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                finish.countDown();
              }
            });
    meddler.start();
    String result =
        owner.call(
            () -> {
              running.countDown();
              try {
                assertTrue(finish.await(30, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "finished";
            });
    assertTrue(Thread.interrupted(), "the flag is set again");
    assertEquals("finished", result);
    meddler.join();
  }

  @Test
  void call_whenWorkThrows_passesTheSameExceptionOn() {
    IOException checked = new IOException("x");
    assertEquals(checked, assertThrows(IOException.class, () -> owner.call(fails(checked))));
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            owner.call(
                () -> {
                  throw new UnsupportedOperationException("x");
                }));
    assertThrows(
        InternalError.class,
        () ->
            owner.call(
                () -> {
                  throw new InternalError("x");
                }));
  }

  private static OwnerThread.Work<String> fails(IOException e) {
    return () -> {
      throw e;
    };
  }
}
