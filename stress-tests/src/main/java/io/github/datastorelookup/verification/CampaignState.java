package io.github.datastorelookup.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.CampaignRound.Amount;
import io.github.datastorelookup.verification.CampaignRound.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of a campaign until now. The campaign writes them after each round, so that a killed
 * one continues with its unfinished round.
 *
 * @param commit the commit under test
 * @param budget the effort of each round
 * @param scope the options that leave something out of each round; empty if none does
 * @param seed the seed from which those of the rounds are made
 * @param seconds for how long it has run
 * @param ended whether its minutes are over, or a failure ended it
 * @param rounds those that ended, in the order of their numbers
 */
public record CampaignState(
    String commit,
    Budget budget,
    String scope,
    long seed,
    double seconds,
    boolean ended,
    List<CampaignRound> rounds) {
  private static final String FILE = "campaign.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Copies and orders the rounds. */
  public CampaignState {
    rounds = rounds.stream().sorted(Comparator.comparing(CampaignRound::number)).toList();
  }

  /**
   * The state in this folder.
   *
   * @throws IllegalArgumentException when the file has something else; the message names it
   */
  static CampaignState read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return MAPPER.readValue(file.toFile(), CampaignState.class);
    } catch (JsonProcessingException e) {
      String why = e.getOriginalMessage();
      throw new IllegalArgumentException(
          file + " is no state of a campaign, move it away to begin anew: " + why, e);
    }
  }

  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Replaces the file at once: a kill leaves the old state or the new one. */
  void write(Path folder) throws IOException {
    Path draft = folder.resolve(FILE + ".draft");
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
    Path unused = Files.move(draft, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same campaign with one more round. */
  CampaignState plus(CampaignRound round, double time) {
    List<CampaignRound> all = new ArrayList<>(rounds);
    all.add(round);
    return new CampaignState(commit, budget, scope, seed, time, ended, all);
  }

  /** The same campaign, over. */
  CampaignState over(double time) {
    return new CampaignState(commit, budget, scope, seed, time, true, rounds);
  }

  /** The same campaign without the rounds that a signal ended, unless they found something. */
  CampaignState toGoOn() {
    List<CampaignRound> kept =
        rounds.stream().filter(each -> each.complete() || !each.failures().isEmpty()).toList();
    return new CampaignState(commit, budget, scope, seed, seconds, ended, kept);
  }

  boolean has(int number) {
    return rounds.stream().anyMatch(each -> each.number() == number);
  }

  /** The number after the highest one that a round has. */
  int next() {
    return rounds.stream().mapToInt(CampaignRound::number).max().orElse(0) + 1;
  }

  /** The failures by cause, and by layer: those of one fault are one entry. */
  public Map<String, List<Found>> failures() {
    Map<String, List<Found>> byCause = new LinkedHashMap<>();
    for (CampaignRound round : rounds) {
      for (Found each : round.failures()) {
        byCause
            .computeIfAbsent(each.layer() + ": " + each.cause(), cause -> new ArrayList<>())
            .add(each);
      }
    }
    return byCause;
  }

  /** The sum over all rounds for each layer, in the order of the first round. */
  public List<Amount> totals() {
    Map<String, Amount> totals = new LinkedHashMap<>();
    for (CampaignRound round : rounds) {
      for (Amount each : round.layers()) {
        Amount unused = totals.merge(each.layer(), each, CampaignState::sum);
      }
    }
    return List.copyOf(totals.values());
  }

  private static Amount sum(Amount one, Amount other) {
    return new Amount(
        one.layer(),
        one.ran() + other.ran(),
        one.explored() + other.explored(),
        one.unit().isEmpty() ? other.unit() : one.unit(),
        one.seconds() + other.seconds());
  }

  /**
   * Passed if the first round, which alone has all layers, ran to its end, no round had anything
   * left out but by the end, and no option left anything out.
   */
  public RunVerdict verdict() {
    if (!failures().isEmpty()) {
      return RunVerdict.FAILED;
    }
    List<RunVerdict> complete =
        rounds.stream().filter(CampaignRound::complete).map(CampaignRound::verdict).toList();
    boolean first = rounds.stream().anyMatch(each -> each.number() == 1 && each.complete());
    return !first || !ended || !scope.isEmpty() ? RunVerdict.PARTIAL : RunVerdict.worst(complete);
  }
}
