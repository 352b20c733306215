package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.verification.mutants.LibraryUnderCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A running {@link WorkerMain}. */
final class WorkerProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private final int worker;
  private final int incarnation;
  private final Process process;
  private final boolean calm;
  private final @Nullable String port;
  private final Writer commands;
  private final Path output;
  private final LogTail tail;
  private int quietBefore;

  private WorkerProcess(
      Site site,
      int worker,
      int incarnation,
      boolean calm,
      @Nullable String port,
      Process process,
      Path output) {
    this.site = site;
    this.worker = worker;
    this.incarnation = incarnation;
    this.calm = calm;
    this.port = port;
    this.process = process;
    this.commands = process.outputWriter(UTF_8);
    this.output = output;
    this.tail = new LogTail(site.log(name()));
  }

  /** Starts one in this phase; it may take a second until it works. {@code calm}: see Plan. */
  static WorkerProcess start(
      Site site,
      int worker,
      int incarnation,
      long seed,
      Phase phase,
      boolean calm,
      @Nullable String port)
      throws IOException {
    Path output = site.logs().resolve(WorkerMain.name(worker, incarnation) + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            LibraryUnderCheck.assertions(),
            "-cp",
            LibraryUnderCheck.classPath(),
            WorkerMain.class.getName(),
            site.root().toString(),
            String.valueOf(worker),
            String.valueOf(incarnation),
            String.valueOf(seed),
            phase.name(),
            String.valueOf(calm));
    if (port != null) {
      builder.command().add(port);
    }
    // The JVM would announce that it picked these up, and anything printed is a failure.
    List<String> options = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");
    builder.environment().keySet().removeAll(options);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new WorkerProcess(site, worker, incarnation, calm, port, builder.start(), output);
  }

  /** The same worker in its next life. */
  WorkerProcess restart(long seed, Phase phase) throws IOException {
    return start(site, worker, incarnation + 1, seed, phase, calm, port);
  }

  /** The name of its log. */
  String name() {
    return WorkerMain.name(worker, incarnation);
  }

  /** The ids of this process, and of its port. */
  Set<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Sends it into another phase. */
  void tell(Phase phase) throws IOException {
    if (phase == Phase.QUIET) {
      quietBefore = tail.count(Event.QUIET);
    }
    commands.write(phase.name() + "\n");
    commands.flush();
  }

  /** Whether all its threads have written this; for {@code QUIET}, since the last request. */
  boolean says(Event event) throws IOException {
    int before = event == Event.QUIET ? quietBefore : 0;
    return tail.count(event) - before >= (port == null ? WorkerMain.THREADS : 1);
  }

  /** How many lines of its log say this. */
  int count(Event event) throws IOException {
    return tail.count(event);
  }

  /** Until when its log is complete. */
  long completeUntil() throws IOException {
    return tail.completeUntil();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  void kill() {
    if (port != null) { // stopped first, so that it does not see its port end
      stop(process.toHandle());
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the one that works with the files for a while, as {@code kill -STOP} does. */
  void pause(Duration time) {
    List<ProcessHandle> stopped =
        port == null ? List.of(process.toHandle()) : process.descendants().toList();
    stopped.forEach(WorkerProcess::stop);
    LockSupport.parkNanos(time.toNanos());
    stopped.forEach(each -> signal("-CONT", each));
  }

  private static void stop(ProcessHandle process) {
    signal("-STOP", process);
  }

  private static void signal(String signal, ProcessHandle process) {
    try {
      ProcessBuilder kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid()));
      kill.start().onExit().join(); // fails if it has just ended
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has ended by itself. */
  void awaitEnd() {
    Awaitility.await(name() + " ends").atMost(PATIENCE).until(() -> !process.isAlive());
  }

  /**
   * It runs.
   *
   * @throws AssertionError with its output, when it does not
   */
  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw complaint("ended by itself: exit=" + process.exitValue());
    }
  }

  /** Requires that it ended by request. */
  void requireEndedWell() throws IOException {
    requireSilent();
    if (process.exitValue() != 0) {
      throw complaint("failed to end: exit=" + process.exitValue());
    }
  }

  /** Requires that it printed nothing: any output is a complaint. */
  void requireSilent() throws IOException {
    if (Files.size(output) != 0) {
      throw complaint("complains");
    }
  }

  private AssertionError complaint(String what) throws IOException {
    return Complaint.of(name() + " " + what, process, output);
  }

  /** The stacks of its threads, for a report. */
  String stacks() throws IOException {
    return Complaint.stacks(process.pid());
  }
}
