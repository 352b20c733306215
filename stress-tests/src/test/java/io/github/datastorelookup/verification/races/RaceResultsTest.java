package io.github.datastorelookup.verification.races;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.races.NeedsCores;
import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunVerdict;
import io.github.datastorelookup.verification.races.RaceGrade.Row;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;

/** What makes the layer of the races fail. */
@Tag("runner")
class RaceResultsTest {
  private final RaceResults results = new RaceResults("jcstress", "again");
  private final NavigableMap<String, Class<?>> annotated =
      new TreeMap<>(Map.of("one", One.class, "three", Three.class));

  private static final class One {}

  @NeedsCores(3)
  private static final class Three {}

  private static RaceGrade grade(String name, boolean passed, Row... rows) {
    return new RaceGrade(name, 10, List.of(rows), passed, passed ? "" : "failed", "");
  }

  private List<String> messages(LayerResult result) {
    return result.failures().stream().map(Failure::message).toList();
  }

  @Test
  void plan_ofWhatIsListed_isAllOfIt() {
    assertEquals(
        new TreeSet<>(List.of("one", "three")),
        results.plan(List.of("three", "one"), annotated, 3));
    assertEquals(List.of(), results.result(2, 0).failures());
  }

  @Test
  void plan_ofARaceThatNeedsMoreCores_leavesItOutAndSaysSo() {
    assertEquals(
        new TreeSet<>(List.of("one")), results.plan(List.of("three", "one"), annotated, 2));
    assertEquals(
        List.of("skipped three: needs 3 cores, usable are 2"), results.result(1, 0).notes());
  }

  @Test
  void plan_onOneCore_leavesOutEveryRaceAndIsPartial() {
    assertEquals(new TreeSet<>(), results.plan(List.of("three", "one"), annotated, 1));
    LayerResult result = results.result(0, 0);
    assertEquals(List.of("2 races skipped for want of cores"), result.scope().limits());
    assertEquals(
        List.of("every race: each needs at least two cores, usable is one"),
        result.scope().leftOut());
    assertEquals(RunVerdict.PARTIAL, result.verdict());
    assertTrue(result.wasLeftOut());
    assertEquals(
        List.of(Outcome.DECLARED_SKIP, Outcome.DECLARED_SKIP),
        result.checks().stream().map(CheckResult::outcome).toList());
  }

  @Test
  void plan_ofARaceThatIsNotListed_fails() {
    NavigableSet<String> unused = results.plan(List.of("three"), annotated, 3);
    assertEquals(
        List.of("annotated as a race, but jcstress does not list it"),
        messages(results.result(1, 0)));
  }

  @Test
  void plan_ofNothing_fails() {
    NavigableSet<String> unused = results.plan(List.of(), new TreeMap<>(), 2);
    assertEquals(
        List.of("jcstress lists no race: did its annotation processor run?"),
        messages(results.result(0, 0)));
  }

  @Test
  void grades_ofAll_pass() {
    results.graded(new TreeSet<>(List.of("one")), "mapped", 0, List.of(grade("one", true)));
    LayerResult result = results.result(1, 0);
    assertTrue(result.held());
    assertEquals(10, result.explored());
    assertEquals("words=mapped samples=10", result.checks().get(0).name());
  }

  @Test
  void grades_ofFewerThanPlanned_fail() {
    results.graded(new TreeSet<>(List.of("one", "two")), "heap", 0, List.of(grade("one", true)));
    assertEquals(
        List.of("listed, but not graded: see the run.log"), messages(results.result(2, 0)));
  }

  @Test
  void grades_ofARaceThatFailed_fail() {
    results.graded(new TreeSet<>(List.of("one")), "heap", 1, List.of(grade("one", false)));
    assertEquals(List.of("failed"), messages(results.result(1, 0)));
  }

  @Test
  void grades_afterAnErrorOfTheHarness_fail() {
    results.graded(new TreeSet<>(List.of("one")), "heap", 3, List.of(grade("one", true)));
    assertFalse(results.result(1, 0).held());
  }

  @Test
  void racesThatTheCallerLeftOut_makeAPartialVerdict() {
    results.graded(new TreeSet<>(List.of("one")), "heap", 0, List.of(grade("one", true)));
    results.leftOut("4 of 5 races, by -Drace");
    LayerResult result = results.result(1, 0);
    assertEquals(RunVerdict.PARTIAL, result.verdict());
    assertEquals(List.of("4 of 5 races, by -Drace"), result.scope().leftOut());
  }

  @Test
  void mutant_thatShowsWhatIsForbidden_passes() {
    Row row = new Row("1, 0", Expect.FORBIDDEN, "both", 1);
    results.gradedOnMutant("one", "without-it", List.of(grade("one", false, row)));
    assertTrue(results.result(1, 0).held());
  }

  @Test
  void mutant_thatShowsNothing_isInconclusive() {
    Row row = new Row("1, 0", Expect.FORBIDDEN, "both", 0);
    results.gradedOnMutant("one", "without-it", List.of(grade("one", true, row)));
    assertInconclusive("one mutant=without-it");
  }

  @Test
  void mutant_onWhichTheRaceBreaksDown_fails() {
    Row row = new Row("1, 0", Expect.FORBIDDEN, "both", 0);
    results.gradedOnMutant("one", "without-it", List.of(grade("one", false, row)));
    assertEquals(List.of("failed"), messages(results.result(1, 0)));
  }

  @Test
  void mutant_thatWasNotGraded_fails() {
    results.gradedOnMutant("one", "without-it", List.of());
    assertEquals(List.of("graded 0 times"), messages(results.result(1, 0)));
  }

  @Test
  void wrongVersion_thatShowsOnlyOneOfItsMistakes_isInconclusive() {
    Row seen = new Row("1, 0", Expect.ACCEPTABLE_INTERESTING, "lost", 1);
    RaceGrade grade = graded(seen, new Row("0, 1", Expect.ACCEPTABLE_INTERESTING, "lost", 0));
    assertEquals(List.of("0, 1"), grade.unseen());
    results.graded(new TreeSet<>(List.of("one")), "mapped", 0, List.of(grade));
    assertInconclusive("one words=mapped");
  }

  @Test
  void wrongVersion_thatShowsItsMistakeAndARareOutcome_passesWithANote() {
    RaceGrade grade = graded(new Row("1, 0", Expect.ACCEPTABLE_INTERESTING, "lost", 1), RARE);
    results.graded(new TreeSet<>(List.of("one")), "mapped", 1, List.of(grade));
    LayerResult result = results.result(1, 0);
    assertEquals(RunVerdict.PASSED, result.verdict());
    assertEquals(List.of("one words=mapped shows outcomes that it does not list"), result.notes());
  }

  @Test
  void wrongVersion_thatShowsARareOutcomeOnly_isInconclusive() {
    RaceGrade grade = graded(new Row("1, 0", Expect.ACCEPTABLE_INTERESTING, "lost", 0), RARE);
    results.graded(new TreeSet<>(List.of("one")), "mapped", 1, List.of(grade));
    assertInconclusive("one words=mapped");
  }

  @Test
  void wrongVersion_thatBreaksDown_fails() {
    Row seen = new Row("1, 0", Expect.ACCEPTABLE_INTERESTING, "lost", 1);
    RaceGrade grade =
        RaceGrade.of("one", 1, List.of(seen), Status.TEST_ERROR, List.of(), "its stack");
    results.graded(new TreeSet<>(List.of("one")), "mapped", 1, List.of(grade));
    assertEquals(List.of("status=TEST_ERROR []"), messages(results.result(1, 0)));
  }

  @Test
  void wrongVersion_withoutSamples_fails() {
    Row unseen = new Row("1, 0", Expect.ACCEPTABLE_INTERESTING, "lost", 0);
    assertFalse(RaceGrade.of("one", 0, List.of(unseen), Status.NORMAL, List.of(), "").passed());
  }

  @Test
  void shippedRace_thatShowsARareOutcome_fails() {
    RaceGrade grade = graded(new Row("1, 1", Expect.ACCEPTABLE, "both", 1), RARE);
    results.graded(new TreeSet<>(List.of("one")), "mapped", 1, List.of(grade));
    assertEquals(List.of("status=NORMAL [2, 2 seen]"), messages(results.result(1, 0)));
  }

  /** An outcome that no version lists, which jcstress takes for forbidden. */
  private static final Row RARE = new Row("2, 2", Expect.FORBIDDEN, "not listed", 1);

  private static RaceGrade graded(Row... rows) {
    List<String> wrong = List.of(rows).contains(RARE) ? List.of("2, 2 seen") : List.of();
    return RaceGrade.of("one", 10, List.of(rows), Status.NORMAL, wrong, "");
  }

  /** No failure, and no pass: the run is partial, and says which race it is about. */
  private void assertInconclusive(String race) {
    LayerResult result = results.result(1, 0);
    assertEquals(List.of(), result.failures());
    assertEquals(List.of("inconclusive: " + race), result.scope().leftOut());
    assertEquals(RunVerdict.PARTIAL, result.verdict());
    assertEquals(Outcome.DECLARED_SKIP, result.checks().get(0).outcome());
  }

  @Test
  void race_thatOnlyJcstressKnows_isAFailure() {
    RaceResults results = new RaceResults("jcstress", "mvn");
    results.requireAnnotated(List.of("one", "two"), List.of("two"));
    assertEquals(
        List.of("jcstress lists it, but the scan of classes misses it"),
        results.result(0, 1).failures().stream().map(Failure::message).toList());
  }
}
