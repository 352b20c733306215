package io.github.datastorelookup.verification.races;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts jcstress in a JVM of its own, which writes everything into its working directory. */
final class RaceProcess {
  /** The package of all races. */
  static final String PACKAGE = "io.github.datastorelookup.races.";

  /** Begins the line with which jcstress says that it can keep fields on cache lines apart. */
  private static final String PADS = "----- [OK] Testing @Contended";

  /** Its barriers contain no fence that would hide a missing one, as those of G1 do. */
  private static final String COLLECTOR = "-XX:+UseSerialGC ";

  private final Path folder;
  private final String classPath;
  private final boolean assertions;
  private int runs;
  private boolean pads;

  /**
   * A run of jcstress.
   *
   * @param folder for results and report
   * @param classPath jars with absolute paths, as the process has another working directory
   * @param assertions whether the library's assertions are on
   */
  RaceProcess(Path folder, String classPath, boolean assertions) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.classPath = classPath;
    this.assertions = assertions;
    for (Path old : results()) {
      Files.delete(old);
    }
  }

  /** The pattern that selects these races, and not their twins. */
  private static String only(Collection<String> races) {
    return races.stream()
        .map(race -> race.replace(".", "\\."))
        .collect(Collectors.joining("|", "^(", ")$"));
  }

  /** The races that jcstress knows. */
  List<String> list() throws IOException, InterruptedException {
    List<String> races = new ArrayList<>();
    int exit =
        start(
            List.of("-l", "-t", "^" + PACKAGE.replace(".", "\\.") + ".*"),
            "list.log",
            line -> {
              if (line.startsWith(PACKAGE)) {
                races.add(line.strip());
              }
            });
    if (exit != 0) {
      throw new IOException("jcstress exit=" + exit + ", see " + folder.resolve("list.log"));
    }
    return races;
  }

  /**
   * Runs these races; the exit code is 1 also when a race failed. A second run of a race adds to
   * its samples.
   *
   * @param words where their words are: {@code mapped} or {@code heap}
   * @param millis for how long each runs in each mode of the JVM
   * @throws IOException also when jcstress cannot pad the fields of the actors: they would share
   *     cache lines, and meet less often
   */
  int run(Collection<String> races, String words, int millis, Consumer<String> progress)
      throws IOException, InterruptedException {
    runs++;
    pads = false;
    String suffix = runs == 1 ? "" : "-" + runs;
    List<String> options =
        List.of(
            "-t",
            only(races),
            "-f",
            "1",
            "-iters",
            "1",
            "-time",
            Integer.toString(millis),
            // Small ones: the actors of a large stride drift apart, and then they never meet.
            "-strideSize",
            "4",
            // Few: before a fork races, jcstress runs all of them alone to measure their memory.
            "-strideCount",
            "5",
            "-sc",
            "false",
            "-jvmArgs",
            "-Xms64m -Xmx64m " + COLLECTOR + (assertions ? "-ea" : "-da") + " -Dwords=" + words,
            "-r",
            folder.resolve("report" + suffix).toString(),
            "-v");
    String log = "run" + suffix + ".log";
    int exit =
        start(
            options,
            log,
            line -> {
              pads |= line.startsWith(PADS);
              if (line.contains("Results:")) {
                progress.accept(line.strip());
              }
            });
    if (!pads) {
      throw new IOException("jcstress cannot use @Contended, see " + folder.resolve(log));
    }
    return exit;
  }

  /** The grades of all runs together. */
  List<RaceGrade> grades() throws IOException {
    List<Path> files = results();
    if (files.size() != runs) {
      throw new IOException("results=" + files + ", expected one file for each run, runs=" + runs);
    }
    return RaceGrade.read(files);
  }

  /** Reads the output to its end: jcstress limits the time of each of its forks itself. */
  private int start(List<String> options, String log, Consumer<String> perLine)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-classpath");
    command.add(classPath);
    command.add("org.openjdk.jcstress.Main");
    command.addAll(options);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer copy = Files.newBufferedWriter(folder.resolve(log))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        perLine.accept(line);
      }
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  /** The files with results in machine-readable form. */
  private List<Path> results() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
    }
  }
}
