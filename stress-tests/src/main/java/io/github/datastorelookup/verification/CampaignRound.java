package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.report.RunReport;
import java.util.Collection;
import java.util.List;

/**
 * One round of a campaign.
 *
 * @param number from 1
 * @param seed the seed of all its randomness
 * @param started when it began, in UTC
 * @param seconds wall time
 * @param verdict the worst of the layers that it was to run
 * @param complete whether nothing ended it early
 * @param layers what these ran and looked at
 * @param failures what failed
 */
public record CampaignRound(
    int number,
    long seed,
    String started,
    double seconds,
    RunVerdict verdict,
    boolean complete,
    List<Amount> layers,
    List<Found> failures) {

  /** What one layer ran and looked at. */
  public record Amount(String layer, int ran, long explored, String unit, double seconds) {}

  /** One failure, and what it has in common with those of the same cause. */
  public record Found(String layer, String cause, String check, String message, String replay) {}

  /** Copies the lists. */
  public CampaignRound {
    layers = List.copyOf(layers);
    failures = List.copyOf(failures);
  }

  /** The round, with this report's results of the planned layers and of any that failed. */
  static CampaignRound of(
      int number, String started, RunReport report, Collection<String> planned, boolean complete) {
    List<LayerResult> layers =
        report.layers().stream()
            .filter(each -> planned.contains(each.name()) || !each.failures().isEmpty())
            .toList();
    return new CampaignRound(
        number,
        report.settings().seed(),
        started,
        report.seconds(),
        RunVerdict.worst(layers.stream().map(LayerResult::verdict).toList()),
        complete,
        layers.stream()
            .map(
                each ->
                    new Amount(
                        each.name(), each.ran(), each.explored(), each.unit(), each.seconds()))
            .toList(),
        layers.stream()
            .flatMap(each -> each.failures().stream().map(failure -> found(each, failure)))
            .toList());
  }

  private static Found found(LayerResult layer, Failure failure) {
    return new Found(
        layer.name(), failure.cause(), failure.check(), failure.message(), failure.replay());
  }
}
