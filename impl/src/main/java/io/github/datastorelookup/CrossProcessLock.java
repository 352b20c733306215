package io.github.datastorelookup;

import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A lock file with a mutex in front of it, so that it also excludes the threads of this process.
 *
 * <p>Happens-before: a release happens before the next acquisition. Within this process the mutex
 * orders them, between processes the system calls of the lock.
 *
 * <p>A waiting thread polls the file: a thread that is interrupted while it blocks in a file lock
 * loses every lock on that file.
 */
final class CrossProcessLock {
  private static final long FIRST_POLL_NANOS = 20_000;
  private static final long LAST_POLL_NANOS = 2_000_000;

  private final LockFile file;
  private final Mutex mutex;
  private final Sync sync;
  private final Ticker ticker;
  private final DeferredLog log;
  private final LongConsumer waited;
  private volatile boolean held;

  /**
   * A lock on this file.
   *
   * @param log receives the report of a lost lock
   * @param waited receives the duration of each successful wait, in nanoseconds
   */
  CrossProcessLock(LockFile file, Ports ports, DeferredLog log, LongConsumer waited) {
    this.log = log;
    this.file = file;
    this.waited = waited;
    this.sync = ports.sync();
    this.ticker = ports.ticker();
    this.mutex = sync.newMutex("mutex of " + file.path());
  }

  /** The file's name, for messages. */
  String path() {
    return file.path();
  }

  /** As {@link LockFile#holders}. */
  Set<Long> holders() {
    return file.holders();
  }

  /**
   * Acquires the lock. After an exception the thread does not hold it.
   *
   * @param timeoutNanos the longest wait
   * @throws DatastoreException.LockTimeout when other holders kept it for the whole timeout
   * @throws DatastoreException.LockUnavailable when the file cannot be locked
   * @throws DatastoreException.Interrupted when the thread was interrupted
   */
  void acquire(long timeoutNanos) {
    if (!tryAcquire(timeoutNanos)) {
      throw DatastoreException.LockTimeout.ofFile(file.path(), timeoutNanos, file.holders());
    }
  }

  /** As {@link #acquire}; returns whether the lock was acquired in time. */
  boolean tryAcquire(long timeoutNanos) {
    long start = ticker.nanoTime();
    try {
      if (!mutex.tryLock(Math.max(0, timeoutNanos))) {
        return false;
      }
      boolean acquired = false;
      try {
        acquired = poll(start, timeoutNanos);
      } finally {
        if (!acquired) {
          mutex.unlock();
        }
      }
      held = acquired;
      return acquired;
    } catch (InterruptedException e) {
      throw DatastoreException.Interrupted.ofFile(file.path(), e);
    } catch (IOException e) {
      throw new DatastoreException.LockUnavailable(file.path(), e);
    }
  }

  private boolean poll(long start, long timeoutNanos) throws IOException, InterruptedException {
    long pause = FIRST_POLL_NANOS;
    long spent = ticker.nanoTime() - start;
    while (!file.tryLock()) {
      if (spent >= timeoutNanos) {
        return false;
      }
      sync.pause(Math.min(pause, timeoutNanos - spent));
      pause = Math.min(2 * pause, LAST_POLL_NANOS);
      spent = ticker.nanoTime() - start;
    }
    waited.accept(spent); // calls no port: once the lock is acquired nothing here may fail
    return true;
  }

  /** Whether a thread of this process holds the lock: for assertions of the holder. */
  boolean isHeld() {
    return held;
  }

  /** Releases the lock. A lost lock is logged. */
  void release() {
    held = false;
    try {
      file.unlock();
    } catch (UncheckedIOException e) {
      log.add(Level.ERROR, "{0}: {1}", e.getMessage(), e.getCause());
    } finally {
      mutex.unlock();
    }
  }
}
