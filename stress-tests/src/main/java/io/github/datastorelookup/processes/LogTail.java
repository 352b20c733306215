package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.history.LogLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Follows a worker's log that is being written, reading each line once. */
final class LogTail {
  private final Path file;
  private final Map<Event, Integer> counts = new EnumMap<>(Event.class);
  private final Map<Integer, Long> lastOfThread = new TreeMap<>();
  private long position;

  /** Follows this file, which may not be there yet. */
  LogTail(Path file) {
    this.file = file;
  }

  /** How many whole lines say this by now. */
  int count(Event event) throws IOException {
    readOn();
    return counts.getOrDefault(event, 0);
  }

  /**
   * Until when all lines of this log are there: each thread writes its lines in their order, so
   * until the last line of the slowest. For ever, before the first line.
   */
  long completeUntil() throws IOException {
    readOn();
    return lastOfThread.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  private void readOn() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    byte[] more;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      more = new byte[Math.toIntExact(log.length() - position)];
      log.seek(position);
      log.readFully(more);
    }
    String text = new String(more, UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    for (LogLine line : LogLine.parse(file.toString(), text)) {
      counts.merge(line.event(), 1, Integer::sum);
      if (line.thread() < WorkerMain.THREADS) {
        lastOfThread.put(line.thread(), line.at());
      }
    }
    position += text.substring(0, end).getBytes(UTF_8).length;
  }
}
