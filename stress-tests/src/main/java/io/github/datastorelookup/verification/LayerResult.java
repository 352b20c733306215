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
 * @param scope how much less than everything it looked at
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
    List<String> notes,
    Scope scope) {

  /** Copies the lists. */
  public LayerResult {
    checks = List.copyOf(checks);
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
  }

  /** A layer that the caller did not choose. */
  public static LayerResult leftOut(String name) {
    return empty(name, List.of(), Scope.without("by -Donly"));
  }

  /** A layer that a signal kept from beginning. */
  static LayerResult notBegun(String name) {
    return empty(name, List.of(), Scope.without("by a signal"));
  }

  /** A layer that could not run. */
  public static LayerResult failed(String name, Failure failure) {
    return empty(name, List.of(failure), Scope.WHOLE);
  }

  /** A layer without checks in this shard. */
  static LayerResult nothingOf(String name) {
    return empty(name, List.of(), Scope.WHOLE);
  }

  private static LayerResult empty(String name, List<Failure> failures, Scope scope) {
    List<String> notes = failures.stream().map(Failure::message).toList();
    return new LayerResult(name, 0, 0, 0, "", 0, List.of(), failures, notes, scope);
  }

  /** Whether the caller left all of it out. */
  public boolean wasLeftOut() {
    return planned == 0 && failures.isEmpty() && !scope.leftOut().isEmpty();
  }

  /** Whether every planned check ran and held. */
  public boolean held() {
    return failures.isEmpty() && ran >= planned;
  }

  /** Failed if a check failed or is missing, else partial if the caller left something out. */
  public RunVerdict verdict() {
    if (!held()) {
      return RunVerdict.FAILED;
    }
    return scope.leftOut().isEmpty() ? RunVerdict.PASSED : RunVerdict.PARTIAL;
  }

  /** The verdict, or {@code left out}. */
  public String result() {
    return wasLeftOut() ? "left out" : verdict().toString();
  }
}
