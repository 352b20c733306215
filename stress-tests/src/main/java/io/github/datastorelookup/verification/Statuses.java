package io.github.datastorelookup.verification;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows the output of the JVMs that run at the same time. Thread-safe. */
final class Statuses {
  private final Terminal events;
  private final Terminal terminal;
  private final Map<String, String> current = new TreeMap<>();

  Statuses(Terminal events, Terminal terminal) {
    this.events = events;
    this.terminal = terminal;
  }

  /** Shows a line of the JVM of a part. */
  synchronized void line(String part, String line) {
    if (!line.startsWith(Terminal.STATUS)) {
      events.line(line);
      return;
    }
    String unused = current.put(part, line.substring(Terminal.STATUS.length()));
    terminal.status(
        current.size() == 1
            ? current.get(part)
            : current.values().stream()
                .map(each -> each.replaceFirst(",.*", ""))
                .collect(Collectors.joining("  ")));
  }

  /** The JVM of this part ended. */
  synchronized void ended(String part) {
    String unused = current.remove(part);
  }
}
