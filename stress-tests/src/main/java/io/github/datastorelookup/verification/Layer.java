package io.github.datastorelookup.verification;

import java.util.List;
import java.util.NavigableSet;

/** One kind of check. */
public interface Layer {
  /** The name, as in the table and in {@code summary.json}. */
  String name();

  /**
   * The names of all its checks, of which each {@link Shard} runs a part.
   *
   * @throws Exception when they cannot be found out; the run then fails
   */
  NavigableSet<String> plan() throws Exception;

  /**
   * Runs the checks in {@code share}, each once. Never throws for a check that fails.
   *
   * @throws Exception when the layer itself cannot run; the run then fails
   */
  LayerResult run(NavigableSet<String> share, Progress progress) throws Exception;

  /** The failures that were found until now; called by another thread while the layer runs. */
  default List<Failure> failuresSoFar() {
    return List.of();
  }
}
