package io.github.datastorelookup.port;

import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The primitives that the threads of one process share or wait for. In production plain {@code
 * java.util.concurrent}. A simulator that runs one thread at a time switches threads exactly here,
 * and shows each access under the name of the mutex, the reference or the map.
 */
public interface Sync {
  /** A new mutex, not held. */
  Mutex newMutex(String name);

  /** A new reference with volatile accesses. */
  <T> VolatileRef<T> newVolatileRef(String name, @Nullable T initial);

  /** A new empty concurrent map; each call on it is one atomic step. */
  <K, V> ConcurrentMap<K, V> newMap(String name);

  /**
   * Lets time pass. Holds nothing itself that other threads wait for.
   *
   * @throws InterruptedException when the thread is or becomes interrupted; its flag stays set
   */
  void pause(long nanos) throws InterruptedException;

  /**
   * Runs the task as if the thread were not interrupted; a pending interrupt is set again at the
   * end. For work that must be finished, and whose waits are bounded by time.
   */
  void uninterrupted(Runnable task);

  /** Sets the interrupt flag of this thread again, after an InterruptedException cleared it. */
  void interrupt();

  /**
   * The logger of this name, which is code of the host: it may wait, throw, or call the registry.
   */
  default System.Logger logger(String name) {
    return System.getLogger(name);
  }

  /** A random number from 0 to {@code bound - 1}. */
  long random(long bound);

  /**
   * Runs the task repeatedly on its own daemon thread, with this pause before each run, until the
   * result is closed. A run that throws is logged and does not prevent the next one.
   */
  ScheduledTask scheduleWithFixedDelay(long nanos, Runnable task);

  /**
   * Runs the task, which may hang, on its own daemon thread. Waits for its end, but not longer than
   * this many nanoseconds, also when the calling thread is interrupted. An exception or Error of
   * the task is logged.
   */
  void runDetached(long patienceNanos, Runnable task);

  /**
   * Runs the task once, on a separate thread, after the object has become unreachable. A task that
   * hangs delays no other.
   *
   * @param task must not refer to {@code watched}
   * @return an action that ends the watch; call it while the object is reachable
   */
  Runnable whenUnreachable(Object watched, Runnable task);

  /** A task that runs repeatedly. */
  interface ScheduledTask extends AutoCloseable {
    /** Prevents further runs. Waits for none, interrupts none; the task may call it. */
    @Override
    void close();
  }

  /**
   * Mutual exclusion of the threads of one process. Callers must not rely on reentrancy.
   *
   * <p>Happens-before: a release happens before the next acquisition.
   *
   * <p>Releases and failed attempts are part of the one order of sequentially consistent accesses.
   * One thread releases a mutex and then reads a flag. Another thread sets the flag, and then fails
   * to acquire the mutex because the first still holds it. Then the first thread sees the flag
   * (C1). Few languages promise that for their mutexes.
   */
  interface Mutex {
    /** Waits for the mutex and acquires it; interrupts stay pending. */
    void lock();

    /** Acquires the mutex if it is free. */
    boolean tryLock();

    /**
     * Acquires the mutex, waiting at most this long.
     *
     * @throws InterruptedException when the thread is or becomes interrupted; it does not hold the
     *     mutex then, and its flag stays set
     */
    boolean tryLock(long nanos) throws InterruptedException;

    /** Releases the mutex. */
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
