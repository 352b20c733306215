package io.github.datastorelookup;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs, from its making until it is closed. */
final class Logged extends Handler implements AutoCloseable {
  // Kept: loggers are garbage when nobody refers to them.
  private final Logger logger = Logger.getLogger(DatastoreRegistry.class.getPackageName());
  private final Level before = logger.getLevel();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private Logged(Level level, Filter ours) {
    setLevel(level);
    setFilter(ours);
    logger.setLevel(level);
    logger.addHandler(this);
  }

  /** What the thread that calls this logs: watchers of other tests may still run. */
  static Logged byThisThread(Level level) {
    long thread = Thread.currentThread().getId();
    return new Logged(level, message -> message.getLongThreadID() == thread);
  }

  /** What contains this text, on whatever thread. */
  static Logged containing(String text, Level level) {
    return new Logged(level, message -> message.getMessage().contains(text));
  }

  List<LogRecord> records() {
    return records;
  }

  /** The messages without their parameters. */
  List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  @Override
  public void publish(LogRecord message) {
    if (isLoggable(message)) {
      records.add(message);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
