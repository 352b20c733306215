package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.evidence.Event;
import io.github.datastorelookup.evidence.LogLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Follows a log that is being written, reading each line once. */
final class LogTail {
  private final Path file;
  private final Map<Event, Integer> counts = new EnumMap<>(Event.class);
  private long position;

  /** Follows this file, which may not be there yet. */
  LogTail(Path file) {
    this.file = file;
  }

  /** How many whole lines say this by now. */
  int count(Event event) throws IOException {
    if (Files.exists(file)) {
      readOn();
    }
    return counts.getOrDefault(event, 0);
  }

  private void readOn() throws IOException {
    byte[] more;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      more = new byte[Math.toIntExact(log.length() - position)];
      log.seek(position);
      log.readFully(more);
    }
    String text = new String(more, UTF_8); // names and events are ASCII
    for (LogLine line : LogLine.parse(file.toString(), text)) {
      counts.merge(line.event(), 1, Integer::sum);
    }
    position += text.lastIndexOf('\n') + 1;
  }
}
