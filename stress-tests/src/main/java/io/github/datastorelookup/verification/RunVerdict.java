package io.github.datastorelookup.verification;

import java.util.Collection;
import java.util.Locale;

/** The verdict of a run or of a layer, from the best to the worst. */
public enum RunVerdict {
  /** All that the budget plans ran, and nothing failed. */
  PASSED(0),
  /** Nothing failed, but the caller or the machine left something out that the budget plans. */
  PARTIAL(2),
  /** A check failed, or did not run although it was planned. */
  FAILED(1);

  private final int exitCode;

  RunVerdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of the main job's JVM. */
  public int exitCode() {
    return exitCode;
  }

  /** The worst of these; passed if there are none. */
  public static RunVerdict worst(Collection<RunVerdict> verdicts) {
    return verdicts.stream().max(RunVerdict::compareTo).orElse(PASSED);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
