package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The last line of a run on a patch. */
@Tag("runner")
final class PatchVerdictTest {
  private static final Environment HERE = new Environment("a cpu", 2, "17", "Linux", "abc", "then");
  private static final List<String> CHANGED = List.of("E1", "Protocol");

  private static RunReport report(int planned, int ran, List<Failure> failures) {
    LayerResult unit =
        new LayerResult(
            "unit", planned, ran, 0, "", 1, List.of(), failures, List.of(), Scope.WHOLE);
    RunSettings settings = new RunSettings(Path.of("."), Budget.SMOKE, 7);
    return new RunReport(
        settings, HERE, List.of(LayerResult.without("runner", "by -Donly"), unit), List.of(), 12);
  }

  private static void assertLine(
      String line, RunVerdict verdict, RunReport report, boolean complete) {
    PatchVerdict patch = PatchVerdict.of(report, CHANGED, complete);
    assertEquals(line, patch.line());
    assertEquals(verdict, patch.verdict());
  }

  @Test
  void failure_isSeen_withLayerCheckInvariantAndClause() {
    assertLine(
        "seen: layer unit, check A#b, invariant INV-5, clause E1, 12 s",
        RunVerdict.PASSED,
        report(9, 3, List.of(new Failure("A#b", "INV-5 broken: it is open", "", "r"))),
        false);
  }

  @Test
  void noFailure_isUnseen_byWhatRan() {
    assertLine(
        "unseen: ran unit 9, clause E1, 12 s", RunVerdict.FAILED, report(9, 9, List.of()), true);
  }

  @Test
  void runThatEndedEarly_orMissedChecks_saysNothing() {
    String line = "cannot-run: Nothing failed in what ran. Left out: runner by -Donly., 12 s";
    assertLine(line, RunVerdict.FAILED, report(3, 3, List.of()), false);
    assertLine("cannot-run: Failed: unit., 12 s", RunVerdict.FAILED, report(9, 8, List.of()), true);
  }
}
