package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to the logger, which is code of the host: it may wait for a full pipe,
 * throw, or call the registry. So a thread adds its messages where things happen, and writes them
 * once it holds neither the config lock nor the mutex of a slot (K1). Thread-safe.
 */
final class DeferredLog {
  private static final String NAME = DeferredLog.class.getPackageName();

  private final Sync sync;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  DeferredLog(Sync sync) {
    this.sync = sync;
  }

  /**
   * Keeps a message until the next {@link #write}, of whatever thread.
   *
   * @param format for {@link java.text.MessageFormat}
   */
  void add(Level level, String format, @Nullable Object... values) {
    waiting.add(() -> sync.logger(NAME).log(level, format, values));
  }

  /** Writes what waits. What the logger throws costs that message, and nothing else. */
  void write() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        // a logger that fails cannot be told so
      }
    }
  }
}
