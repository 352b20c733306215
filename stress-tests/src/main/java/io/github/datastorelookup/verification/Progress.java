package io.github.datastorelookup.verification;

import java.io.PrintStream;
import java.util.Locale;

/** Says what runs now, one line for each event: {@code [layer] done/planned elapsed event}. */
public final class Progress {
  private final PrintStream out;
  private final String layer;
  private final long startNanos = System.nanoTime();
  private int planned;
  private int done;

  /** Progress of this layer, printed there. */
  public Progress(PrintStream out, String layer) {
    this.out = out;
    this.layer = layer;
  }

  /** How many checks there will be. */
  public synchronized void plan(int checks) {
    planned = checks;
    event("planned " + checks);
  }

  /** One more check came to its end. */
  public synchronized void done() {
    done++;
  }

  /** Prints one line. */
  public synchronized void event(String what) {
    out.printf(Locale.ROOT, "[%s] %d/%d %.1fs %s%n", layer, done, planned, seconds(), what);
    out.flush();
  }

  /** Since when this layer runs. */
  public double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
