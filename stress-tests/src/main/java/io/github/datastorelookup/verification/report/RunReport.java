package io.github.datastorelookup.verification.report;

import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.RunVerdict;
import io.github.datastorelookup.verification.mutants.MutantResult;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The findings of a run.
 *
 * @param settings its effort and seed
 * @param environment where it ran
 * @param layers the result of each layer, in order
 * @param mutants the fate of each mutant
 * @param seconds wall time
 */
public record RunReport(
    RunSettings settings,
    Environment environment,
    List<LayerResult> layers,
    List<MutantResult> mutants,
    double seconds) {

  private static final int SLOWEST = 5;

  /** Copies the lists. */
  public RunReport {
    layers = List.copyOf(layers);
    mutants = List.copyOf(mutants);
  }

  /** Failed if a layer failed or had nothing to run; in a shard a layer may have nothing. */
  public RunVerdict verdict() {
    boolean empty =
        layers.isEmpty()
            || (!settings.shard().sharedOut()
                && layers.stream().anyMatch(each -> each.planned() == 0 && !each.wasLeftOut()));
    return empty
        ? RunVerdict.FAILED
        : RunVerdict.worst(layers.stream().map(LayerResult::verdict).toList());
  }

  /** The verdict in one sentence, which claims no more than ran. */
  public String headline() {
    String limits = joined(each -> each.scope().limits());
    return switch (verdict()) {
      case PASSED ->
          limits.isEmpty()
              ? "Every check ran, and nothing failed."
              : "Nothing failed in what this budget and this machine look at: " + limits + ".";
      case PARTIAL -> "Nothing failed in what ran. Left out: " + leftOut() + ".";
      case FAILED ->
          "Failed: "
              + layers.stream()
                  .filter(each -> !each.held() || (each.planned() == 0 && !each.wasLeftOut()))
                  .map(LayerResult::name)
                  .collect(Collectors.joining(", "))
              + ".";
    };
  }

  /** What the caller left out, by layer; empty if nothing. */
  public String leftOut() {
    return joined(each -> each.scope().leftOut());
  }

  /** The checks that took longest, the longest first. */
  public List<CheckResult> slowest() {
    return layers.stream()
        .flatMap(layer -> layer.checks().stream())
        .filter(check -> check.seconds() > 0)
        .sorted(Comparator.comparingDouble(CheckResult::seconds).reversed())
        .limit(SLOWEST)
        .toList();
  }

  private String joined(Function<LayerResult, List<String>> part) {
    return layers.stream()
        .flatMap(layer -> part.apply(layer).stream().map(each -> layer.name() + " " + each))
        .collect(Collectors.joining("; "));
  }
}
