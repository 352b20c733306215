package io.github.datastorelookup.verification;

/** One kind of check. */
public interface Layer {
  /** The name, as in the table and in {@code summary.json}. */
  String name();

  /**
   * Runs all its checks, each once. Never throws for a check that fails.
   *
   * @throws Exception when the layer itself cannot run; the run then fails
   */
  LayerResult run(Progress progress) throws Exception;
}
