package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.mutants.MutantResult;
import java.util.List;

/**
 * The findings of a run.
 *
 * @param settings its effort and seed
 * @param environment where it ran
 * @param layers the result of each layer, in order
 * @param mutants the fate of each mutant
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

  /** Whether every layer passed and had checks to run; in a shard a layer may have none. */
  public boolean passed() {
    return !layers.isEmpty()
        && layers.stream()
            .allMatch(
                each -> each.passed() && (settings.shard().sharedOut() || each.planned() > 0));
  }

  /** {@code passed} or {@code failed}. */
  public String verdict() {
    return passed() ? "passed" : "failed";
  }
}
