package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Confirms that the checks which killed mutants hold on the library as it is. The mutants run at
 * the same time as the layers whose checks kill them, so that this is known only at the end.
 */
final class KillersHeld {
  private final Collection<String> layers;
  private final boolean complete;
  private final Set<String> held;
  private final String replay;
  private final List<Failure> failures = new ArrayList<>();
  private final List<MutantResult> confirmed;

  /**
   * Judges these results.
   *
   * @param layers those whose checks were not tried on a copy without the mutant, too
   * @param complete whether the run was not ended early
   * @param replay the command that repeats the run
   */
  KillersHeld(
      Collection<String> layers, boolean complete, List<PartResult> results, String replay) {
    this.layers = layers;
    this.complete = complete;
    this.held = results.stream().flatMap(each -> each.held().stream()).collect(Collectors.toSet());
    this.replay = replay;
    this.confirmed =
        results.stream()
            .flatMap(each -> each.mutants().stream())
            .map(this::confirm)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing(each -> each.mutant().id()))
            .toList();
  }

  /** The layers whose checks mutants rely on: none in a shard, which has few of those that kill. */
  static List<String> reliedOn(List<String> layers, Shard shard) {
    return shard.sharedOut() ? List.of() : layers;
  }

  /**
   * The fate of each mutant: a kill by a check that did not hold is an error; in a run that was
   * ended early the mutant counts as not tried.
   */
  List<MutantResult> confirmed() {
    return confirmed;
  }

  /** These errors. */
  List<Failure> failures() {
    return failures;
  }

  private @Nullable MutantResult confirm(MutantResult mutant) {
    boolean relies =
        mutant.mutant().checks().stream()
            .anyMatch(
                check ->
                    check.toString().equals(mutant.killedBy()) && layers.contains(check.layer()));
    if (!relies || held.contains(mutant.killedBy())) {
      return mutant;
    }
    if (!complete) {
      return null;
    }
    String message = mutant.killedBy() + " was not seen to hold without the mutant";
    failures.add(new Failure("mutant " + mutant.mutant().id(), message, mutant.details(), replay));
    return new MutantResult(
        mutant.mutant(), Fate.ERROR, "", mutant.seconds(), message, mutant.details());
  }
}
