package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for the logger. Thread-safe.
 *
 * <p>The logger is code of the host: it may block on a full pipe, throw, or call the registry. So a
 * thread adds a message where the event happens, and writes it once it holds neither the config
 * lock nor the mutex of a slot (K1).
 */
final class DeferredLog {
  private static final String NAME = DeferredLog.class.getPackageName();

  private final Sync sync;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  DeferredLog(Sync sync) {
    this.sync = sync;
  }

  /**
   * Keeps a message until any thread calls {@link #write}.
   *
   * @param format for {@link java.text.MessageFormat}
   */
  void add(Level level, String format, @Nullable Object... values) {
    waiting.add(() -> sync.logger(NAME).log(level, format, values));
  }

  /** Writes the waiting messages. If the logger throws, only that message is lost. */
  void write() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        // a failing logger cannot log its own failure
      }
    }
  }
}
