package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Keeps the folders of earlier runs, so that a run deletes no failure of the run before. */
public final class KeptRuns {
  private static final int MOST = 10;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private KeptRuns() {}

  /**
   * Moves the folder of the newest run into {@code <folder>-runs}, under the time of its last
   * change, and deletes all but the newest ones there.
   */
  static void makeRoom(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Path kept = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-runs"));
    String name = NAME.format(Files.getLastModifiedTime(folder).toInstant());
    Path unused = Files.move(folder, kept.resolve(name));
    for (Path old : newestFirst(kept).stream().skip(MOST).toList()) {
      deleteTree(old);
    }
  }

  private static List<Path> newestFirst(Path kept) throws IOException {
    try (Stream<Path> runs = Files.list(kept)) {
      return runs.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Deletes a folder, if it is there, and all that is in it. */
  public static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
