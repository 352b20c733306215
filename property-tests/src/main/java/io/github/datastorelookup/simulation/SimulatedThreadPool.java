package io.github.datastorelookup.simulation;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that simulations borrow: new ones for each run would cost more than the run. */
final class SimulatedThreadPool {
  /** The name of a thread that runs no program. */
  static final String IDLE = "simulated, idle";

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, IDLE);
            thread.setDaemon(true);
            return thread;
          });

  private SimulatedThreadPool() {}

  /** Some programs that run. */
  record Shift(CountDownLatch left) {
    /** Waits until all have ended. */
    void join() {
      try {
        left.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a simulation runs", e);
      }
    }
  }

  /** Starts each on a thread of its own. */
  static Shift start(List<? extends Runnable> programs) {
    CountDownLatch left = new CountDownLatch(programs.size());
    for (Runnable program : programs) {
      THREADS.execute(
          () -> {
            try {
              program.run();
            } finally {
              left.countDown();
            }
          });
    }
    return new Shift(left);
  }
}
