package io.github.datastorelookup.posix;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Messages of the adapters. The logger is code of the host: what it throws costs the message. */
final class Log {
  private static final Logger LOG = System.getLogger(Log.class.getPackageName());

  private Log() {}

  static void log(Level level, String format, @Nullable Object... values) {
    try {
      LOG.log(level, format, values);
    } catch (RuntimeException | Error e) {
      // a logger that fails cannot be told so
    }
  }
}
