package io.github.datastorelookup.portkit;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of wrong ports in {@code docs/porting.md}: which mode found each, and after how long.
 * With {@code -Dmistakes.write=true} a run writes what it saw.
 */
final class MistakeTable {
  private static final Path PAGE = Repository.root().resolve("docs/porting.md");
  private static final String HEAD = "| wrong port | broken by | seconds |";
  private static final boolean WRITE = Boolean.getBoolean("mistakes.write");

  private MistakeTable() {}

  /** This mistake was found by a mode. */
  static synchronized void found(String mistake, String mode, double seconds) throws IOException {
    if (!WRITE) {
      return;
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(PAGE));
    String row = String.format(Locale.ROOT, "| %s | `%s` | %.1f |", mistake, mode, seconds);
    int at = lines.indexOf(HEAD) + 2;
    while (lines.get(at).startsWith("|") && !lines.get(at).startsWith("| " + mistake + " |")) {
      at++;
    }
    if (lines.get(at).startsWith("|")) {
      lines.set(at, row);
    } else {
      lines.add(at, row);
    }
    Path unused = Files.write(PAGE, lines);
  }

  /** The mistakes of the table, each with its mode. */
  static List<String> rows() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    List<String> rows = new ArrayList<>();
    for (int at = lines.indexOf(HEAD) + 2; lines.get(at).startsWith("|"); at++) {
      rows.add(lines.get(at).replaceFirst(" \\| [0-9.]+ \\|$", ""));
    }
    return rows;
  }
}
