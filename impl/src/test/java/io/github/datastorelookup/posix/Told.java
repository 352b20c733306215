package io.github.datastorelookup.posix;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the adapters log that contains a text, from its making until it is closed. */
final class Told extends Handler implements AutoCloseable {
  // Kept: loggers are garbage when nothing refers to them.
  private final Logger logger = Logger.getLogger("io.github.datastorelookup.posix");
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final String part;

  Told(String part) {
    this.part = part;
    logger.addHandler(this);
  }

  /** Each as its level and its text. */
  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord message) {
    String text = formatter.formatMessage(message);
    if (message.getLevel().intValue() >= Level.INFO.intValue() && text.contains(part)) {
      messages.add(message.getLevel() + " " + text);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
