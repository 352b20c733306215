package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.history.Event;
import io.github.datastorelookup.verification.mutants.LibraryUnderCheck;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A running {@link WorkerMain}. */
final class WorkerProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private final int worker;
  private final int incarnation;
  private final Process process;
  private final Writer commands;
  private final Path output;
  private final LogTail tail;
  private int quietBefore;

  private WorkerProcess(Site site, int worker, int incarnation, Process process, Path output) {
    this.site = site;
    this.worker = worker;
    this.incarnation = incarnation;
    this.process = process;
    this.commands = process.outputWriter(UTF_8);
    this.output = output;
    this.tail = new LogTail(site.log(name()));
  }

  /** Starts one in this phase; it may take a second until it works. */
  static WorkerProcess start(Site site, int worker, int incarnation, long seed, Phase phase)
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
            phase.name());
    // The JVM would announce that it picked these up, and anything printed is a failure.
    List<String> options = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");
    builder.environment().keySet().removeAll(options);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new WorkerProcess(site, worker, incarnation, builder.start(), output);
  }

  /** The same worker in its next life. */
  WorkerProcess restart(long seed, Phase phase) throws IOException {
    return start(site, worker, incarnation + 1, seed, phase);
  }

  /** The name of its log. */
  String name() {
    return WorkerMain.name(worker, incarnation);
  }

  long pid() {
    return process.pid();
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

  /** Whether all its threads have written this; that they are quiet, since they were told last. */
  boolean says(Event event) throws IOException {
    int before = event == Event.QUIET ? quietBefore : 0;
    return tail.count(event) - before >= WorkerMain.THREADS;
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
    process.destroyForcibly();
    awaitEnd();
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

  /** It ended because it was told to. */
  void requireEndedWell() throws IOException {
    requireSilent();
    if (process.exitValue() != 0) {
      throw complaint("failed to end: exit=" + process.exitValue());
    }
  }

  /** It printed nothing: whatever it prints is a complaint. */
  void requireSilent() throws IOException {
    if (Files.size(output) != 0) {
      throw complaint("complains");
    }
  }

  private AssertionError complaint(String what) throws IOException {
    return Complaint.of(name() + " " + what, process, output);
  }

  /** What its threads do now, for a report. */
  String stacks() throws IOException {
    return Complaint.stacks(process.pid());
  }
}
