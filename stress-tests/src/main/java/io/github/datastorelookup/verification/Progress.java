package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.Budget;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Says how far a layer is, and what runs now: {@code [layer] done/planned, elapsed, about so long
 * left: what}.
 */
public final class Progress {
  private final Terminal terminal;
  private final Eta eta;
  private final String layer;
  private final long startNanos = System.nanoTime();
  private int planned;
  private int done;

  /** Progress of this layer alone, printed there. */
  public Progress(PrintStream out, String layer) {
    this(new Terminal(out, false), new Eta(Budget.SMOKE, Shard.WHOLE, List.of(layer)), layer);
  }

  /** Progress of this layer of a run. */
  Progress(Terminal terminal, Eta eta, String layer) {
    this.terminal = terminal;
    this.eta = eta;
    this.layer = layer;
  }

  /** How many checks there will be. */
  public synchronized void plan(int checks) {
    planned = checks;
    event("begins, planned " + checks);
  }

  /** One more check came to its end. */
  public synchronized void done() {
    done++;
  }

  /** What runs now; shown now and then. */
  public synchronized void now(String what) {
    terminal.status(line(what));
  }

  /** What everybody has to read. */
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

  /** Since when this layer runs. */
  public double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
