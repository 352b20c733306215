package io.github.datastorelookup.processes;

import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.HistoryLog;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Writes the library's warnings into the log: they are right while the config does not parse, and
 * wrong at any other time. Anything worse goes to stderr, where it is a failure.
 */
final class Warnings extends Handler {
  /** Held here, as loggers that nobody holds forget their handlers. */
  private static final Logger ROOT = Logger.getLogger("");

  private final HistoryLog log;

  private Warnings(HistoryLog log) {
    this.log = log;
  }

  /** From now on, for the whole process. */
  static void to(HistoryLog log) {
    LogManager.getLogManager().reset();
    ROOT.setLevel(Level.WARNING);
    ROOT.addHandler(new Warnings(log));
  }

  @Override
  public void publish(LogRecord entry) {
    String said = new SimpleFormatter().formatMessage(entry);
    if (entry.getLevel().intValue() > Level.WARNING.intValue()) {
      System.err.println(said);
    } else {
      log.write(WorkerMain.THREADS, Event.WARNED, 0, "-", said.replace('\n', ' '));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
