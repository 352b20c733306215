package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.mutants.MutantResult;
import java.util.List;

/**
 * All that a run found.
 *
 * @param settings its effort and seed
 * @param environment where it ran
 * @param layers what each layer did, in order
 * @param mutants what became of each mutant
 */
public record RunReport(
    RunSettings settings,
    Environment environment,
    List<LayerResult> layers,
    List<MutantResult> mutants) {

  /** Copies the lists. */
  public RunReport {
    layers = List.copyOf(layers);
    mutants = List.copyOf(mutants);
  }

  /** Whether every layer passed. */
  public boolean passed() {
    return !layers.isEmpty() && layers.stream().allMatch(LayerResult::passed);
  }

  /** {@code passed} or {@code failed}. */
  public String verdict() {
    return passed() ? "passed" : "failed";
  }
}
