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
 * Writes the library's warnings into the log: it may warn only while the config does not parse.
 * Anything worse goes to stderr, where it is a failure.
 */
final class Warnings extends Handler {
  /** A strong reference, as a collected logger loses its handlers. */
  private static final Logger ROOT = Logger.getLogger("");

  private final HistoryLog log;

  private Warnings(HistoryLog log) {
    this.log = log;
  }

  /** Redirects the warnings of the whole process to this log. */
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
