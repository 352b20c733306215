package io.github.datastorelookup.verification;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shows progress: a terminal has one line that is rewritten, a log a line now and then.
 * Thread-safe.
 */
final class Terminal {
  /** Begins a line of a worker that tells only what it does now. */
  static final String STATUS = "~ ";

  private static final String ERASE = "\r\u001B[K";
  private static final int MOST_COLUMNS = 79;
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean rewrites;
  private final String status;
  private long last;
  private boolean shown;

  /** Prints to this stream; {@code rewrites} if it is a terminal. */
  Terminal(PrintStream out, boolean rewrites) {
    this(out, rewrites, "");
  }

  private Terminal(PrintStream out, boolean rewrites, String status) {
    this.out = out;
    this.rewrites = rewrites;
    this.status = status;
    this.last = System.nanoTime() - LOG_NANOS;
  }

  /** The standard output of this JVM. */
  static Terminal ofThisJvm() {
    return new Terminal(System.out, isTerminal(ProcessHandle.current()));
  }

  /** The standard output of a worker: its parent decides which of these lines it shows. */
  static Terminal ofAWorker() {
    return new Terminal(System.out, false, STATUS);
  }

  /** Prints a line that is always shown. */
  synchronized void line(String text) {
    if (shown) {
      out.print(ERASE);
      shown = false;
    }
    out.println(text);
    out.flush();
    last = System.nanoTime();
  }

  /** Prints the current status if the last line was some time ago. */
  synchronized void status(String text) {
    long now = System.nanoTime();
    boolean often = rewrites || !status.isEmpty();
    if (now - last < (often ? TERMINAL_NANOS : LOG_NANOS)) {
      return;
    }
    if (!rewrites) {
      line(status + text);
      return;
    }
    out.print(ERASE + (text.length() > MOST_COLUMNS ? text.substring(0, MOST_COLUMNS) : text));
    out.flush();
    shown = true;
    last = now;
  }

  /**
   * Whether this process writes to a terminal, be it through Maven: a JVM that writes into a pipe
   * of its parent JVM.
   */
  private static boolean isTerminal(ProcessHandle process) {
    try {
      String output =
          Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/1")).toString();
      if (output.startsWith("pipe:")) {
        Optional<ProcessHandle> maven = process.parent().filter(Terminal::isJvm);
        return maven.isPresent() && isTerminal(maven.get());
      }
      return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
    } catch (IOException e) {
      return false; // unknown: a log is always right
    }
  }

  private static boolean isJvm(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/java");
  }
}
