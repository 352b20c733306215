package io.github.datastorelookup.history;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.checks.InvariantViolation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * INV-6: a count includes every handle that is live throughout it, none that is not live during it,
 * and none of a dead process.
 */
final class CountChecker {
  private static final String INVARIANT = "INV-6";
  private static final int MOST_TOLD = 5;

  private final History history;

  CountChecker(History history) {
    this.history = history;
  }

  /** Checks the counts taken during the run. */
  void check() {
    for (Call census : history.calls(Event.CENSUS_START, Event.CENSUS)) {
      LogLine end = census.end();
      if (end != null && !census.refused()) {
        check(census, "READ", Integer.parseInt(end.word(0)));
        check(census, "WRITE", Integer.parseInt(end.word(1)));
      }
    }
  }

  private void check(Call census, String operation, int found) {
    long from = census.start().at();
    long until = census.over();
    List<HandleInterval> near =
        history.intervals(census.start().name(), from, until).stream()
            .filter(interval -> interval.operation().equals(operation))
            .toList();
    List<HandleInterval> certain =
        near.stream().filter(interval -> interval.certainlyThroughout(from, until)).toList();
    if (found < certain.size() || found > near.size()) {
      StringBuilder story = new StringBuilder();
      (found > near.size() ? near : certain)
          .stream()
              .limit(MOST_TOLD)
              .forEach(interval -> story.append(interval.story(history)).append('\n'));
      throw new InvariantViolation(
          INVARIANT,
          String.format(
              Locale.ROOT,
              "datastore=%s: %d %s operations were counted, at least %d and at most %d there%n"
                  + "count:%n  %s%n  %s%nhandles (%d at most):%n%s",
              census.start().name(),
              found,
              operation,
              certain.size(),
              near.size(),
              census.start(),
              census.told(),
              MOST_TOLD,
              story));
    }
  }

  /** Checks that nothing is counted after all processes ended. */
  static void checkNothingLeft(Map<String, ActiveOperations> counts) {
    new TreeMap<>(counts)
        .forEach(
            (name, operations) -> {
              if (operations.reads() != 0 || operations.writes() != 0) {
                throw new InvariantViolation(
                    INVARIANT,
                    "datastore="
                        + name
                        + ": still counted after all processes ended: "
                        + operations);
              }
            });
  }
}
