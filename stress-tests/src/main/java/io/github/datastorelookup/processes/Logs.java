package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.history.History;
import io.github.datastorelookup.history.HistoryChecker;
import io.github.datastorelookup.history.LogLine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the processes of a campaign wrote down: the files {@code *.log} of one folder. */
public final class Logs {
  private Logs() {}

  /**
   * The lines of all logs in a folder. The name of a log is that of its source.
   *
   * @throws NoSuchFileException when there is none: an empty history would hold
   */
  public static List<LogLine> below(Path folder) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
      for (Path log : logs) {
        String name = log.getFileName().toString().replaceFirst("\\.log$", "");
        lines.addAll(LogLine.parse(name, Files.readString(log, UTF_8)));
      }
    }
    if (lines.isEmpty()) {
      throw new NoSuchFileException(folder.toString(), null, "no *.log with a line in it");
    }
    return lines;
  }

  /** Judges what the processes saw of each other. */
  public static HistoryChecker judge(History history) throws IOException {
    try {
      return new HistoryChecker(
          history,
          Installation.standingModes(Installation.asDelivered()),
          WorkerMain.TTL,
          Workers.SILENCE);
    } catch (ConfigParseException e) {
      throw new IllegalStateException("the config as it is delivered does not parse", e);
    }
  }
}
