package io.github.datastorelookup.verification;

import java.util.List;

/**
 * The result of one layer.
 *
 * @param name the layer
 * @param planned how many checks should have run, counted independently of the engines
 * @param ran how many of them ran to an end
 * @param explored how many cases they looked at
 * @param unit what a case is
 * @param seconds wall time
 * @param checks each check, for the JUnit XML
 * @param failures why the layer failed
 * @param notes what the reader must know though it is no failure, such as declared skips
 */
public record LayerResult(
    String name,
    int planned,
    int ran,
    long explored,
    String unit,
    double seconds,
    List<CheckResult> checks,
    List<Failure> failures,
    List<String> notes) {

  /** Copies the lists. */
  public LayerResult {
    checks = List.copyOf(checks);
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
  }

  private static final String LEFT_OUT = "left out by -Donly";

  /** A layer that was not chosen: it failed, as the run checks less than it should. */
  public static LayerResult leftOut(String name, String replay) {
    return failed(name, new Failure(name, LEFT_OUT, "", replay));
  }

  /** A layer that could not run. */
  public static LayerResult failed(String name, Failure failure) {
    return new LayerResult(
        name, 0, 0, 0, "", 0, List.of(), List.of(failure), List.of(failure.message()));
  }

  /** A layer without checks in this shard. */
  static LayerResult nothingOf(String name) {
    return new LayerResult(name, 0, 0, 0, "", 0, List.of(), List.of(), List.of());
  }

  /** Whether it was not chosen. */
  public boolean wasLeftOut() {
    return planned == 0 && failures.size() == 1 && failures.get(0).message().equals(LEFT_OUT);
  }

  /** Whether every planned check ran and held. */
  public boolean passed() {
    return failures.isEmpty() && ran >= planned;
  }

  /** {@code passed} or {@code failed}. */
  public String result() {
    return passed() ? "passed" : "failed";
  }
}
