package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reports how far a layer is, and what runs now: {@code [layer] done/planned, elapsed, about so
 * long left: what}.
 */
public final class Progress {
  private final Terminal terminal;
  private final Eta eta;
  private final String layer;
  private final long startNanos = System.nanoTime();
  private final List<Failure> failures = new ArrayList<>();
  private Runnable onFailure = () -> {};
  private long lastNanos = startNanos;
  private int planned;
  private int done;

  /** Reports the progress of this layer alone to a stream. */
  public Progress(PrintStream out, String layer) {
    this(new Terminal(out, false), new Eta(Budget.SMOKE, 1, List.of(layer)), layer);
  }

  /** Reports the progress of this layer of a run. */
  Progress(Terminal terminal, Eta eta, String layer) {
    this.terminal = terminal;
    this.eta = eta;
    this.layer = layer;
  }

  /** Reports how many checks will run. */
  public synchronized void plan(int checks) {
    planned = checks;
    event("begins, planned " + checks);
  }

  /** Counts a check that ended. */
  public synchronized void done() {
    done++;
    lastNanos = System.nanoTime();
  }

  /** Reports a failure at once; the result of the layer may have it with more details. */
  public synchronized void failed(Failure failure) {
    failures.add(failure);
    event("FAILED " + failure.check() + ": " + failure.message().lines().findFirst().orElse(""));
    onFailure.run();
  }

  /** Calls this after each failure, with this object's monitor held. */
  synchronized void onFailure(Runnable task) {
    onFailure = task;
  }

  /** The result of a layer that something ended here, with the failures until then. */
  synchronized LayerResult endedEarly(String why) {
    String what = (planned - done) + " of " + planned + " checks, " + why;
    return until(done, failures, Scope.without(what));
  }

  /** The result of a layer that this failure ended. */
  synchronized LayerResult endedBy(Failure failure) {
    List<Failure> all = new ArrayList<>(failures);
    all.add(failure);
    return until(planned, all, Scope.WHOLE);
  }

  private LayerResult until(int due, List<Failure> found, Scope scope) {
    return new LayerResult(layer, due, done, 0, "", seconds(), List.of(), found, List.of(), scope);
  }

  /** For how many seconds no check has ended. */
  synchronized double idleSeconds() {
    return (System.nanoTime() - lastNanos) / 1e9;
  }

  /** Reports what runs now; shown now and then. */
  public synchronized void now(String what) {
    terminal.status(line(what));
  }

  /** Reports an event; always shown. */
  public synchronized void event(String what) {
    terminal.line(line(what));
  }

  private String line(String what) {
    double left = eta.left(layer, seconds(), done, planned);
    return String.format(
        Locale.ROOT,
        "[%s] %d/%d, %.0f s, %s: %s",
        layer,
        done,
        planned,
        seconds(),
        Eta.text(left),
        what);
  }

  /** For how many seconds this layer has run. */
  public double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
