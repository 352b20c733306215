package io.github.datastorelookup.lincheck;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.Outcome;

/** The table of outcomes of a race, read as jcstress reads it: exact ids first, then patterns. */
record Outcomes(List<Row> rows) {
  private record Row(String id, Expect expect, String description) {}

  static Outcomes of(Class<?> race) {
    return new Outcomes(
        Arrays.stream(race.getAnnotationsByType(Outcome.class))
            .flatMap(
                row -> Arrays.stream(row.id()).map(id -> new Row(id, row.expect(), row.desc())))
            .toList());
  }

  /** The outcome and what is wrong with it, or null if it is acceptable. */
  @Nullable String wrong(Object result) {
    String outcome = result.toString();
    Row row = row(outcome).orElse(new Row(outcome, Expect.FORBIDDEN, "No row has it."));
    return row.expect() == Expect.FORBIDDEN ? "[" + outcome + "] " + row.description() : null;
  }

  /** Whether this outcome is what a wrong version is there for. */
  boolean isInteresting(String outcome) {
    return row(outcome).filter(row -> row.expect() == Expect.ACCEPTABLE_INTERESTING).isPresent();
  }

  private Optional<Row> row(String outcome) {
    return first(row -> row.id().equals(outcome)).or(() -> first(row -> outcome.matches(row.id())));
  }

  private Optional<Row> first(Predicate<Row> wanted) {
    return rows.stream().filter(wanted).findFirst();
  }
}
