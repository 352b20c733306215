package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many jobs run at once, and how long one may be silent. */
@Tag("runner")
final class JobsTest {
  @Test
  void jobs_runAtOnceUpToTheirNumber_andOneThatNeedsQuietAlone() throws Exception {
    Jobs jobs = new Jobs(2);
    AtomicInteger running = new AtomicInteger();
    CountDownLatch bothRun = new CountDownLatch(2);
    List<CompletableFuture<Integer>> most = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      most.add(
          jobs.start(
              false,
              () -> {
                int now = running.incrementAndGet();
                bothRun.countDown();
                await(bothRun);
                running.decrementAndGet();
                return now;
              }));
    }
    CompletableFuture<Integer> alone = jobs.start(true, running::incrementAndGet);
    assertEquals(1, alone.get(10, TimeUnit.SECONDS));
    assertEquals(3, most.get(0).join() + most.get(1).join());
  }

  @Test
  void jobThatThrows_givesItsPlaceBack() throws Exception {
    Jobs jobs = new Jobs(1);
    CompletableFuture<Integer> bad =
        jobs.start(
            true,
            () -> {
              throw new IllegalStateException("bad");
            });
    FutureTask<Integer> next = new FutureTask<>(() -> jobs.start(false, () -> 1).join());
    new Thread(next).start();
    assertEquals(1, next.get(10, TimeUnit.SECONDS));
    assertTrue(bad.isCompletedExceptionally());
  }

  @Test
  void layerInWhichNoCheckEnds_isStoppedWithTheStacks() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    LayerWatch watch =
        new LayerWatch(
            0.05,
            () -> {
              await(begun);
              return 1;
            });
    TimeoutException thrown =
        assertThrows(
            TimeoutException.class,
            () ->
                watch.run(
                    "layer x",
                    () -> {
                      begun.countDown();
                      await(never);
                      return 1;
                    }));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.startsWith("layer x: no check ended for limit=0 s"), message);
    assertTrue(message.contains("JobsTest"), message);
  }

  @Test
  void layerInWhichChecksEnd_mayTakeLonger() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    LayerWatch watch =
        new LayerWatch(
            0.01,
            () -> {
              if (looks.incrementAndGet() > 5) {
                done.countDown();
              }
              return 0; // a check ended just now
            });
    assertEquals(
        1,
        watch.run(
            "layer x",
            () -> {
              await(done);
              return 1;
            }));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
