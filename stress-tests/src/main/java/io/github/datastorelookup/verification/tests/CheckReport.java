package io.github.datastorelookup.verification.tests;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult.Status;

/**
 * What the engines reported for one request.
 *
 * @param cases the test cases that came to an end
 * @param problems everything else that went wrong: discovery, containers
 * @param skips the checks that were not begun
 */
public record CheckReport(List<Case> cases, List<Problem> problems, List<Skip> skips) {

  /** Copies the lists. */
  public CheckReport {
    cases = List.copyOf(cases);
    problems = List.copyOf(problems);
    skips = List.copyOf(skips);
  }

  /**
   * One test case.
   *
   * @param check the method that it belongs to
   * @param name the case, as displayed
   * @param seconds its wall time
   * @param status successful, failed or aborted
   * @param thrown why not successful
   * @param said what it published, such as a property's shrunk sample
   * @param invariants those that its tags name: a failed assertion shows that they are broken
   */
  public record Case(
      CheckId check,
      String name,
      double seconds,
      Status status,
      @Nullable Throwable thrown,
      String said,
      Set<String> invariants) {
    /** What it threw, or a stand-in. */
    public Throwable reason() {
      return thrown == null ? new IllegalStateException("no reason") : thrown;
    }
  }

  /**
   * A failure outside of all test cases.
   *
   * @param where the container or engine
   * @param thrown what it threw
   */
  public record Problem(String where, Throwable thrown) {}

  /**
   * A check that was not begun.
   *
   * @param check the method
   * @param reason why, in its author's words
   */
  public record Skip(CheckId check, String reason) {}
}
