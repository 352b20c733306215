package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Locks.LockFile;
import io.github.datastorelookup.port.Ports;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Ticker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A lock file behind a mutex. Excludes threads and processes; times out after 10 s. */
final class PolledLock {
  private static final long TIMEOUT_NANOS = 10_000_000_000L;
  private static final long FIRST_POLL_NANOS = 50_000;
  private static final long LAST_POLL_NANOS = 20_000_000;

  private final LockFile file;
  private final Mutex mutex;
  private final Sync sync;
  private final Ticker ticker;

  PolledLock(LockFile file, Ports ports) {
    this.file = file;
    this.sync = ports.sync();
    this.ticker = ports.ticker();
    this.mutex = sync.newMutex("mutex");
  }

  /** Acquires the lock, or throws after 10 s. */
  void acquire() {
    boolean locked = false;
    @Nullable Exception cause = null;
    try {
      if (mutex.tryLock(TIMEOUT_NANOS)) {
        try {
          locked = poll();
        } finally {
          if (!locked) {
            mutex.unlock();
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      cause = e;
    }
    if (!locked) {
      throw new SpecimenException("unable to acquire lock " + file.path(), cause);
    }
  }

  private boolean poll() throws IOException, InterruptedException {
    long start = ticker.nanoTime();
    long pause = FIRST_POLL_NANOS;
    while (!file.tryLock()) {
      if (ticker.nanoTime() - start >= TIMEOUT_NANOS) {
        return false;
      }
      sync.pause(pause);
      pause = Math.min(2 * pause, LAST_POLL_NANOS);
    }
    return true;
  }

  /** Releases the lock. */
  void release() {
    try {
      file.unlock();
    } finally {
      mutex.unlock();
    }
  }
}
