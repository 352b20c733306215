package io.github.datastorelookup.verification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The main class of a JVM that runs one part of a run. It leaves the results in the part's folder
 * at the end of the part, after a signal and after a check that hangs, but not after {@code kill
 * -9}.
 */
final class Worker {
  /** The system property with the layers of the run, whose checks a mutant may rely on. */
  static final String LAYERS = "layers";

  /** The system property that ends the part at its first failure. */
  static final String FAIL_FAST = "failfast";

  /** When a check counts as hung: after ten times what the longest one takes. */
  private static final int SMOKE_CHECK_SECONDS = 300;

  private final RunSettings settings;
  private final Part part;
  private final Progress progress;
  private boolean written;

  private Worker(RunSettings settings, Part part) {
    this.settings = settings;
    this.part = part;
    double share = 1.0 * part.plan().share().size() / part.plan().all().size();
    Eta eta = new Eta(settings.budget(), share, List.of(part.layer()));
    this.progress = new Progress(Terminal.ofAWorker(), eta, part.layer());
  }

  /** Runs a part; the arguments are the folders of the parent pom, of the run, and of the part. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[2]);
    RunSettings settings = RunSettings.ofThisJvm(Path.of(args[0])).in(Path.of(args[1]), folder);
    RunLog.to(folder.resolve("log.txt"));
    new Worker(settings, Part.read(folder)).run();
    // Neither JVMs nor threads that a check or a mutant left behind may outlive the part.
    killChildren();
    System.exit(0);
  }

  private void run() throws IOException {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> endEarly(Verification.BY_A_SIGNAL), "end early"));
    Thread orphan = new Thread(Worker::endWithParent, "end with the parent");
    orphan.setDaemon(true);
    orphan.start();
    if (Boolean.getBoolean(FAIL_FAST)) {
      progress.onFailure(
          () -> {
            endEarly("by -Dfailfast");
            Runtime.getRuntime().halt(0);
          });
    }
    int limit = settings.budget().times(SMOKE_CHECK_SECONDS);
    PartResult result;
    try {
      LayerWatch watch = new LayerWatch(limit, progress::idleSeconds);
      result = watch.run("layer " + part.layer(), this::runLayer);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      Failure failure = Failure.of(part.layer(), e, settings.replay());
      result = PartResult.of(part.plan(), progress.endedBy(failure));
    }
    write(result);
  }

  private PartResult runLayer() throws Exception {
    List<String> run = Stream.of(System.getProperty(LAYERS, "").split(",")).toList();
    Layer layer = Layers.of(part.layer(), settings, Checks.scan(settings), run);
    if (!layer.plan().equals(part.plan().all())) {
      throw new IllegalStateException(
          "layer=" + part.layer() + " has other checks here than in the JVM that planned the run");
    }
    LayerResult result = layer.run(part.plan().share(), progress);
    return new PartResult(part.plan(), result, layer.held(), layer.mutants(), layer.races());
  }

  private void endEarly(String why) {
    killChildren();
    try {
      write(PartResult.of(part.plan(), progress.endedEarly(why)));
    } catch (IOException e) {
      System.out.println("the results cannot be written: " + e);
    }
  }

  private synchronized void write(PartResult result) throws IOException {
    if (!written) {
      written = true;
      result.write(settings.work());
    }
  }

  private static void killChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** The parent never writes: the end of the input is the end of the parent. */
  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      System.out.println("the parent cannot be watched: " + e);
    }
    killChildren();
    Runtime.getRuntime().halt(1);
  }
}
