package io.github.datastorelookup.verification;

import java.util.List;

/**
 * What one layer did.
 *
 * @param name the layer
 * @param planned how many checks should have run, counted without asking those that ran them
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

  /** Whether every planned check ran and held, and there was at least one. */
  public boolean passed() {
    return failures.isEmpty() && planned > 0 && ran >= planned;
  }

  /** {@code passed} or {@code failed}. */
  public String result() {
    return passed() ? "passed" : "failed";
  }
}
