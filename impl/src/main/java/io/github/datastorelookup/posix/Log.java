package io.github.datastorelookup.posix;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Logs for the adapters. If the logger, which is code of the host, throws, the message is lost. */
final class Log {
  private static final Logger LOG = System.getLogger(Log.class.getPackageName());

  private Log() {}

  static void log(Level level, String format, @Nullable Object... values) {
    try {
      LOG.log(level, format, values);
    } catch (RuntimeException | Error e) {
      // a failing logger cannot log its own failure
    }
  }
}
