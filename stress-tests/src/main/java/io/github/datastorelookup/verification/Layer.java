package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.races.RaceGrade;
import java.util.List;
import java.util.Map;
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

  /** The checks of which all cases held, as {@code class#method}. */
  default List<String> held() {
    return List.of();
  }

  /** The fate of each mutant that it tried. */
  default List<MutantResult> mutants() {
    return List.of();
  }

  /** The grades of each race that it ran, by where the words were. */
  default Map<String, List<RaceGrade>> races() {
    return Map.of();
  }
}
