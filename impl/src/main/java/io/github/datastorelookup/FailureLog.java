package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Logs a repeated failure of a periodic task once, not once per period. */
final class FailureLog {
  private final DeferredLog log;
  private final VolatileRef<String> last;

  FailureLog(Sync sync, DeferredLog log) {
    this.log = log;
    this.last = sync.newVolatileRef("lastFailure", null);
  }

  /** Runs the task, and returns the message of its refusal, or null if there was none. */
  static @Nullable String messageOf(Runnable task) {
    try {
      task.run();
      return null;
    } catch (DatastoreException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Logs a failure that differs from the last one, or a recovery if this one is null. */
  void report(@Nullable String failure) {
    String before = last.get();
    last.set(failure);
    if (failure != null && !failure.equals(before)) {
      log.add(Level.WARNING, "watcher failed, will retry: {0}", failure);
    } else if (failure == null && before != null) {
      log.add(Level.INFO, "watcher recovered after: {0}", before);
    }
  }
}
