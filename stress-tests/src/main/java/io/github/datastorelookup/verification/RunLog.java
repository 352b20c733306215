package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends the log to a file. The library warns of each broken config that a check shows it, some
 * thousand times; on the console these warnings would bury the progress.
 */
final class RunLog {
  /** A strong reference, as a collected logger loses its handlers. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final int MOST_BYTES = 50_000_000;

  private RunLog() {}

  /** Logs to this file from now on, and nowhere else. */
  static void to(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    Handler handler = new FileHandler(file.toString(), MOST_BYTES, 1, false);
    handler.setFormatter(new SimpleFormatter());
    ROOT.addHandler(handler);
  }
}
