package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantException;
import io.github.datastorelookup.verification.races.RaceLayer;
import io.github.datastorelookup.verification.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The main job: every layer, every mutant, each check once. {@code mvn -B verify -Pverification}.
 *
 * <p>Exits with the code of the {@link RunVerdict}. docs/verification.md lists the options.
 */
public final class Verification {
  /** Why a run ended early: SIGTERM, or an interrupt from the terminal. */
  static final String BY_A_SIGNAL = "by a signal";

  private static final int SECONDS_TO_STOP = 60;
  private static final int ENDED_BY_SIGTERM = 143;

  private final RunSettings settings;
  private final RunOptions options;
  private final Nearest nearest;
  private final @Nullable Path library;

  private Verification(RunSettings settings, RunOptions options)
      throws MutantException, IOException {
    this.settings = settings;
    this.options = options;
    RaceLayer.requireKnown(settings);
    LibraryChange change = options.change();
    this.nearest =
        change.isPatch()
            ? Nearest.to(Changes.by(change.difference(settings), settings.root()), settings.root())
            : Nearest.since(options.since(), settings.root());
    boolean changed = !change.isNone() && !RunOptions.flag("show");
    this.library = changed ? change.library(settings) : null;
    if (changed) { // so that the report, the shards and the commands that replay name it
      System.setProperty(RunSettings.CHANGE, change.text());
    }
  }

  /** Runs it; the argument is the folder of the parent pom. Exits with the verdict's code. */
  public static void main(String[] args) throws IOException, InterruptedException {
    endWithMaven();
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    System.exit(run(root).exitCode());
  }

  private static RunVerdict run(Path root) throws IOException, InterruptedException {
    VerdictFile file;
    try {
      file = new VerdictFile(root);
    } catch (IllegalArgumentException e) { // it has no folder
      return refused(e);
    }
    RunVerdict verdict;
    try {
      RunOptions options = RunOptions.ofThisJvm(); // first, because the settings set a seed
      verdict = verdict(RunSettings.ofThisJvm(root), options, file);
    } catch (IllegalArgumentException e) { // an option; the message names it
      verdict = refused(e);
    }
    file.write(verdict);
    return verdict;
  }

  private static RunVerdict verdict(RunSettings settings, RunOptions options, VerdictFile file)
      throws IOException, InterruptedException {
    Verification verification;
    try {
      verification = new Verification(settings, options);
    } catch (MutantException e) {
      if (options.change().isPatch()) {
        KeptRuns.makeRoom(settings.output());
        return ended(PatchVerdict.cannotRun(String.valueOf(e.getMessage()), 0), settings);
      }
      throw new IllegalArgumentException(options.change().text() + ": " + e.getMessage(), e);
    }
    return verification.choose(file);
  }

  private static RunVerdict ended(PatchVerdict patch, RunSettings settings) throws IOException {
    patch.addTo(settings.output().resolve("summary.json"));
    System.out.println(patch.line());
    return patch.verdict();
  }

  private static RunVerdict refused(IllegalArgumentException e) {
    System.out.println("refused: " + e.getMessage());
    return RunVerdict.FAILED;
  }

  /** Maven that is killed ends no JVM: without it the run would go on beside the next one. */
  private static void endWithMaven() {
    ProcessHandle maven = ProcessHandle.current().parent().orElse(null);
    if (maven != null && !System.getProperty("build", "").isEmpty()) {
      CompletableFuture<Void> unused = maven.onExit().thenRun(() -> System.exit(ENDED_BY_SIGTERM));
    }
  }

  private RunVerdict choose(VerdictFile file) throws IOException, InterruptedException {
    String replay = System.getProperty("replay", "");
    String merge = System.getProperty("merge", "");
    if (RunOptions.flag("show")) {
      System.out.println(options.change().difference(settings));
      return RunVerdict.PASSED;
    } else if (!replay.isEmpty()) {
      return replay(settings.root().resolve(replay));
    }
    Terminal terminal = Terminal.ofThisJvm();
    if (!merge.isEmpty()) {
      return ShardFolders.merge(settings.root(), settings.root().resolve(merge), terminal);
    }
    if (options.minutes() > 0) {
      return campaign(file, terminal);
    }
    if (!options.since().isEmpty()) {
      terminal.line("changed since " + options.since() + ": " + nearest.names());
    }
    KeptRuns.makeRoom(settings.output());
    Run run =
        new Run(settings, options, new Jobs(options.jobs()), library, nearest, terminal, terminal);
    CountDownLatch written = new CountDownLatch(1);
    stopAtTheEnd(run::stop, written);
    RunReport report = run.run();
    RunVerdict verdict = report.verdict();
    if (options.change().isPatch()) {
      verdict = ended(PatchVerdict.of(report, nearest.names(), run.isComplete()), settings);
    }
    return ended(verdict, file, written);
  }

  private RunVerdict campaign(VerdictFile file, Terminal terminal)
      throws IOException, InterruptedException {
    Campaign campaign = new Campaign(settings, options, library, terminal);
    CountDownLatch written = new CountDownLatch(1);
    stopAtTheEnd(campaign::stop, written);
    return ended(campaign.run(), file, written);
  }

  private static RunVerdict ended(RunVerdict verdict, VerdictFile file, CountDownLatch written)
      throws IOException {
    file.write(verdict);
    written.countDown();
    return verdict;
  }

  private static void stopAtTheEnd(Consumer<String> stop, CountDownLatch written) {
    Thread hook = new Thread(() -> stop(stop, written), "stop the run");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** SIGTERM, or an interrupt from the terminal: waits until all that was found is written. */
  private static void stop(Consumer<String> stop, CountDownLatch written) {
    stop.accept(BY_A_SIGNAL);
    try {
      boolean unused = written.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunVerdict replay(Path file) throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("replay=" + file + ", there is no such file");
    }
    if (library == null) {
      return Replay.run(file, System.out) ? RunVerdict.PASSED : RunVerdict.FAILED;
    }
    String change = "-D" + RunSettings.CHANGE + "=" + options.change().text();
    List<String> command = new ArrayList<>(PartProcess.jvm(library, List.of(change)));
    command.add(Replay.class.getName());
    command.add(file.toString());
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    return exit == RunVerdict.PASSED.exitCode() ? RunVerdict.PASSED : RunVerdict.FAILED;
  }
}
