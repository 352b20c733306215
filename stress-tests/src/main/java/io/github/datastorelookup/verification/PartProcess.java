package io.github.datastorelookup.verification;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JVM of a part. */
final class PartProcess {
  private static final int LAST_LINES = 30;
  private static final int SECONDS_TO_STOP = 20;

  private final Part part;
  private final RunSettings settings;
  private final Path folder;
  private final Process process;

  private PartProcess(Part part, RunSettings settings, Path folder, Process process) {
    this.part = part;
    this.settings = settings;
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param library classes to find before those of the library, or null for none
   * @param properties options for {@link Worker}
   */
  static PartProcess start(
      Part part, RunSettings settings, @Nullable Path library, List<String> properties)
      throws IOException {
    Path folder = part.write(settings.output());
    List<String> command = new ArrayList<>(jvm(library, properties));
    command.add(Worker.class.getName());
    command.add(settings.root().toString());
    command.add(settings.output().toString());
    command.add(folder.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new PartProcess(part, settings, folder, process);
  }

  /** The command of a JVM like this one, but that no debugger waits for. */
  static List<String> jvm(@Nullable Path library, List<String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-agentlib:jdwp"))
        .forEach(command::add);
    command.addAll(properties);
    command.add("-classpath");
    String own = System.getProperty("java.class.path");
    command.add(library == null ? own : library + File.pathSeparator + own);
    return command;
  }

  /** Ends it; it writes what it found until now. */
  void stop() {
    process.toHandle().destroy();
    Executor later = CompletableFuture.delayedExecutor(SECONDS_TO_STOP, TimeUnit.SECONDS);
    later.execute(process::destroyForcibly);
  }

  /** Passes its output on, and reads its results at its end. */
  PartResult result(Consumer<String> lines) throws IOException, InterruptedException {
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        lines.accept(line);
        last.add(line);
        if (last.size() > LAST_LINES) {
          last.remove();
        }
      }
    }
    int exit = process.waitFor();
    if (PartResult.exists(folder)) {
      return PartResult.read(folder);
    }
    String message = "the JVM of part=" + part.name() + " ended without results, exit=" + exit;
    Failure failure =
        new Failure(part.layer(), message, String.join("\n", last), settings.replay());
    return PartResult.of(part.plan(), LayerResult.failed(part.layer(), failure));
  }
}
