package io.github.datastorelookup.verification;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** How many JVMs run at once: {@code -Djobs}, by default as many as there are cores. */
final class Jobs {
  private final int count;
  private final Semaphore free;

  Jobs(int count) {
    this.count = count;
    this.free = new Semaphore(count, true);
  }

  int count() {
    return count;
  }

  /**
   * Starts a job, in the order of the calls, as soon as there is room for it.
   *
   * @param alone whether no other job may run meanwhile
   */
  <T> CompletableFuture<T> start(boolean alone, Supplier<T> job) throws InterruptedException {
    int places = alone ? count : 1;
    free.acquire(places);
    return CompletableFuture.supplyAsync(job, task -> new Thread(task, "job").start())
        .whenComplete((result, thrown) -> free.release(places));
  }
}
