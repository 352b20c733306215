package io.github.datastorelookup.port;

import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of one process share or wait for. In production plain {@code
 * java.util.concurrent}; a simulator that runs one thread at a time schedules exactly here.
 */
public interface Sync {
  /** A new mutex, not held. */
  Mutex newMutex();

  /** A new reference with volatile accesses. */
  <T> VolatileRef<T> newVolatileRef(@Nullable T initial);

  /** A new empty concurrent map; each call on it is one atomic step. */
  <K, V> ConcurrentMap<K, V> newMap();

  /**
   * Waits, holding nothing that others wait for but what the caller chose.
   *
   * @throws InterruptedException when the thread is or gets interrupted; its flag stays set
   */
  void pause(long nanos) throws InterruptedException;

  /**
   * Runs the task as if the thread were not interrupted; interrupts are kept for later. For work
   * that has to be finished, and whose waits are bounded by time.
   */
  void uninterrupted(Runnable task);

  /** A random number from 0 to {@code bound - 1}. */
  long random(long bound);

  /**
   * Runs the task again and again on a daemon thread of its own, with this pause before each run,
   * until the result is closed. A run that throws is logged, and the next one comes all the same.
   */
  ScheduledTask scheduleWithFixedDelay(long nanos, Runnable task);

  /**
   * Runs the task on a daemon thread of its own, because it may hang, and waits for its end, but
   * not longer than this. What it throws is logged.
   */
  void runDetached(long patienceNanos, Runnable task);

  /**
   * Runs the task once, on a thread of its own, when nobody can reach the object any more.
   *
   * @param task must not refer to {@code watched}
   * @return runs the task at once, unless it ran
   */
  Runnable whenUnreachable(Object watched, Runnable task);

  /** A task that is run again and again. */
  interface ScheduledTask extends AutoCloseable {
    /** Lets no further run begin. Waits for none, interrupts none; may be called by the task. */
    @Override
    void close();
  }

  /** Mutual exclusion of the threads of one process. Not reentrant as far as callers know. */
  interface Mutex {
    /** Waits for the mutex; interrupts are kept for later. */
    void lock();

    /** Takes the mutex if it is free. */
    boolean tryLock();

    /**
     * Waits at most so long for the mutex.
     *
     * @throws InterruptedException when the thread is or gets interrupted; it has no mutex then,
     *     and its flag stays set
     */
    boolean tryLock(long nanos) throws InterruptedException;

    /** Gives the mutex back. */
    void unlock();
  }

  /** A reference; reads and writes are volatile. */
  interface VolatileRef<T> {
    /** Reads it. */
    @Nullable T get();

    /** Writes it. */
    void set(@Nullable T value);
  }
}
