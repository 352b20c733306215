package io.github.datastorelookup.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log that a process appends to. Each line is one {@code write(2)}, so it survives the process.
 * Thread-safe.
 */
public final class HistoryLog implements AutoCloseable {
  private final OutputStream out;
  private final AtomicLong ids = new AtomicLong();

  /** Opens this file for appending, and creates it if it is missing. */
  public HistoryLog(Path file) throws IOException {
    this.out = new FileOutputStream(file.toFile(), true); // without a buffer
  }

  /** An id that this log has not used. */
  public long newId() {
    return ids.incrementAndGet();
  }

  /** Writes a line with the current time. The line is in the file before this method returns. */
  public void write(int thread, Event event, long id, String name, Object detail) {
    String line =
        LogLine.format(System.nanoTime(), thread, event, id, name, String.valueOf(detail));
    try {
      out.write(line.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reports a broken invariant. The process goes on: it may be about to break others too. */
  public void violated(int thread, long id, String name, String invariant, String how) {
    write(thread, Event.VIOLATED, id, name, invariant + " " + how.replace('\n', ' '));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
