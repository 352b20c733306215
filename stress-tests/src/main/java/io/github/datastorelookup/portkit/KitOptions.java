package io.github.datastorelookup.portkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param port the command that starts a process of the port, for a shell
 * @param seed of the random programs
 * @param programs how many at least
 * @param minutes for how long at least
 * @param patienceSeconds the longest wait for an answer
 * @param tries how often at most a failing program is tried with fewer commands
 * @param list whether to list the modes, and no more
 * @param only the name of a mode, or null for all
 * @param traces the prefixes of the ids of the only traces to step through; empty for all
 * @param replay a file whose program to run instead, or a folder whose logs to judge, which needs
 *     no port; or null
 * @param failure where the smallest program that breaks goes
 * @param report where the report goes, or null
 */
record KitOptions(
    String port,
    long seed,
    int programs,
    int minutes,
    int patienceSeconds,
    int tries,
    boolean list,
    @Nullable String only,
    List<String> traces,
    @Nullable Path replay,
    Path failure,
    @Nullable Path report) {
  static final String USAGE =
      "usage: --port=<command> [--only=mode] [--traces=id,...] [--seed=n] [--programs=n] [--minutes=n]"
          + " [--patience=seconds] [--tries=n] [--replay=file] [--failure=file] [--report=file]"
          + "\n       --list";

  private static final List<String> MODES = List.of("model", "stepping", "driving");

  private static final List<String> NAMES =
      List.of(
          "port",
          "seed",
          "programs",
          "minutes",
          "patience",
          "tries",
          "only",
          "traces",
          "replay",
          "failure",
          "report");

  /**
   * Parses it.
   *
   * @throws IllegalArgumentException when it is wrong, with the reason
   */
  static KitOptions parse(List<String> args) {
    Map<String, String> given = new TreeMap<>();
    boolean list = args.equals(List.of("--list"));
    for (String arg : list ? List.<String>of() : args) {
      String[] parts = arg.split("=", 2);
      String name = parts[0].replaceFirst("^--", "");
      if (!arg.startsWith("--") || !NAMES.contains(name)) {
        throw new IllegalArgumentException("unknown option: " + arg);
      } else if (parts.length == 1) {
        throw new IllegalArgumentException("no value: " + arg);
      } else if (!parts[1].isBlank() && given.put(name, parts[1]) != null) {
        throw new IllegalArgumentException("given twice: " + arg);
      }
    }
    String port = given.getOrDefault("port", "");
    boolean logs = given.containsKey("replay") && Files.isDirectory(Path.of(given.get("replay")));
    if (port.isBlank() && !list && !logs) {
      throw new IllegalArgumentException("which port? --port=<command> is missing");
    }
    String replay = given.get("replay");
    String report = given.get("report");
    return new KitOptions(
        port,
        number(given, "seed", System.nanoTime() >>> 1),
        (int) number(given, "programs", 200),
        (int) number(given, "minutes", 0),
        (int) number(given, "patience", 30),
        (int) number(given, "tries", 200),
        list,
        only(given.getOrDefault("only", given.containsKey("traces") ? "stepping" : null)),
        given.containsKey("traces") ? List.of(given.get("traces").split(",", -1)) : List.of(),
        replay == null ? null : Path.of(replay),
        Path.of(given.getOrDefault("failure", "port-kit-failure.txt")),
        report == null ? null : Path.of(report));
  }

  private static @Nullable String only(@Nullable String mode) {
    if (mode != null && !MODES.contains(mode)) {
      throw new IllegalArgumentException("unknown mode: --only=" + mode + ", not of " + MODES);
    }
    return mode;
  }

  private static long number(Map<String, String> given, String name, long otherwise) {
    String text = given.get(name);
    if (text == null) {
      return otherwise;
    } else if (!text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("no number: --" + name + "=" + text);
    }
    long value = Long.parseLong(text);
    if (!name.equals("seed") && value > 1_000_000) {
      throw new IllegalArgumentException("too large: --" + name + "=" + text);
    }
    return value;
  }
}
