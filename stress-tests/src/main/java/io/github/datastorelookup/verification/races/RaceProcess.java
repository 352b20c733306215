package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts jcstress in a JVM of its own, whose working directory takes all it writes. */
final class RaceProcess {
  private static final String PACKAGE = "io.github.datastorelookup.races.";
  private static final String SELECTOR = PACKAGE.replace(".", "\\.") + ".*";
  private static final int SMOKE_MILLIS = 200;

  private final RunSettings settings;
  private final Path folder;

  RaceProcess(RunSettings settings) throws IOException {
    this.settings = settings;
    this.folder = Files.createDirectories(settings.output().resolve("jcstress"));
  }

  /** Where results and report are. */
  Path folder() {
    return folder;
  }

  /** The races that jcstress knows. */
  List<String> list() throws IOException, InterruptedException {
    List<String> races = new ArrayList<>();
    int exit =
        start(
            List.of("-l", "-t", SELECTOR),
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

  /** Runs them all; the exit code is 1 also when a race failed. */
  int run(int races, Progress progress) throws IOException, InterruptedException {
    deleteOldResults();
    progress.event(races + " races, " + millis() + " ms each in each mode of the JVM");
    List<String> options =
        List.of(
            "-t",
            SELECTOR,
            "-f",
            "1",
            "-iters",
            "1",
            "-time",
            Integer.toString(millis()),
            "-sc",
            "false",
            "-jvmArgs",
            "-Xmx256m",
            "-r",
            folder.resolve("report").toString(),
            "-v");
    return start(
        options,
        "run.log",
        line -> {
          if (line.contains("Results:")) {
            progress.event(line.strip());
          }
        });
  }

  private int millis() {
    return settings.budget().times(SMOKE_MILLIS);
  }

  /** Reads the output to its end: jcstress limits the time of each of its forks itself. */
  private int start(List<String> options, String log, Consumer<String> perLine)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-classpath");
    command.add(absoluteClassPath());
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

  /** The child has another working directory. */
  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void deleteOldResults() throws IOException {
    for (Path old : results(folder)) {
      Files.delete(old);
    }
  }

  /** The files with results in machine-readable form. */
  static List<Path> results(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
    }
  }
}
