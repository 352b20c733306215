package io.github.datastorelookup.posix;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does channel I/O on files whose lock or mapping must survive interrupts.
 *
 * <p>A thread with a pending interrupt that maps, reads, writes, sizes or syncs a {@code
 * FileChannel} closes it, which drops every lock on the file. No other code has a reference to this
 * thread, so no code interrupts it. It is a daemon, and ends after 10 s without work.
 *
 * <p>Runs only short work on the run directory and the config directory, never I/O on a datastore:
 * one hung datastore would stop all other work.
 */
final class OwnerThread {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          OwnerThread::newDaemonThread);

  OwnerThread() {
    executor.allowCoreThreadTimeOut(true);
  }

  /** A task for the thread. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** A task for the thread that has no result. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /**
   * Runs the work as {@link #call} does.
   *
   * @throws IOException thrown by the work; its unchecked exceptions are rethrown as well
   */
  void run(Action work) throws IOException {
    Object unused =
        call(
            () -> {
              work.run();
              return this;
            });
  }

  /**
   * Runs the work on the thread and waits for its end despite interrupts. An interrupt meanwhile
   * sets the caller's interrupt flag afterwards. The work must not call this method.
   *
   * @throws IOException thrown by the work; its unchecked exceptions are rethrown as well
   */
  <T> T call(Work<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work::run);
    executor.execute(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw passOn(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException passOn(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException(failed); // the work can throw nothing else
  }

  private static Thread newDaemonThread(Runnable work) {
    // Inherits nothing: neither thread locals nor the class loader of the first caller.
    Thread thread = new Thread(null, work, "datastore-lookup-files", 0, false);
    thread.setContextClassLoader(null);
    thread.setDaemon(true);
    return thread;
  }
}
