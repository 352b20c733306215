package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import java.io.PrintStream;
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
  private int planned;
  private int done;

  /** Reports the progress of this layer alone to a stream. */
  public Progress(PrintStream out, String layer) {
    this(new Terminal(out, false), new Eta(Budget.SMOKE, Shard.WHOLE, List.of(layer)), layer);
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
  }

  boolean isOf(String name) {
    return layer.equals(name);
  }

  /** The result of a layer that a signal ended here, with the failures until then. */
  synchronized LayerResult endedBySignal(List<Failure> failures) {
    String what = (planned - done) + " of " + planned + " checks, by a signal";
    Scope scope = Scope.without(what);
    return new LayerResult(
        layer, done, done, 0, "", seconds(), List.of(), failures, List.of(), scope);
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
