package io.github.datastorelookup.processes;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.mutants.LibraryUnderCheck;
import java.time.Duration;

/**
 * How much a run does.
 *
 * @param workers processes besides the parent
 * @param ports how many of them are of a port; if any, all are calm: most of their steps change
 *     nothing, so that lookups are warm
 * @param cycles how many pairs of a busy and a quiet phase
 * @param busy how long each busy phase is; a quiet one takes about 4 s
 * @param betweenKills the time between kills in a busy phase
 * @param enough unmounts, removals and drained modes that a busy phase lasts for in any case: on a
 *     machine that is busy with other things they take longer
 * @param rounds runs, one after the other: the whole history of one is in memory at once
 */
public record Plan(
    int workers,
    int ports,
    int cycles,
    Duration busy,
    Duration betweenKills,
    int enough,
    int rounds) {
  private static final Duration OFTEN = Duration.ofMillis(700);
  private static final Plan SHORTEST = new Plan(3, 0, 1, Duration.ofSeconds(4), OFTEN, 3, 1);
  private static final Plan SHORT = new Plan(3, 0, 1, Duration.ofSeconds(7), OFTEN, 10, 1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * The plan of this JVM's budget; for a copy of the library, many of which are tried, a short one.
   */
  public static Plan current() {
    if (LibraryUnderCheck.classes() != null) {
      return SHORTEST;
    }
    return switch (Budget.current()) {
      case SMOKE -> SHORT;
      case DEFAULT -> new Plan(4, 0, 4, Duration.ofSeconds(11), SECOND, 10, 1);
      case TOUGH -> new Plan(4, 0, 4, Duration.ofSeconds(11), SECOND, 10, 20);
    };
  }
}
