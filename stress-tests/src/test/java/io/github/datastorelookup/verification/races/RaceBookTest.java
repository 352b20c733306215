package io.github.datastorelookup.verification.races;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.races.NeedsCores;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
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

/** What makes the layer of the races fail. */
@Tag("runner")
class RaceBookTest {
  private final RaceBook book = new RaceBook("jcstress", "again");
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
        new TreeSet<>(List.of("one", "three")), book.plan(List.of("three", "one"), annotated, 3));
    assertEquals(List.of(), book.result(2, 0).failures());
  }

  @Test
  void plan_ofARaceThatNeedsMoreCores_leavesItOutAndSaysSo() {
    assertEquals(new TreeSet<>(List.of("one")), book.plan(List.of("three", "one"), annotated, 2));
    assertEquals(List.of("skipped three: needs 3 cores, there are 2"), book.result(1, 0).notes());
  }

  @Test
  void plan_ofARaceThatIsNotListed_fails() {
    NavigableSet<String> unused = book.plan(List.of("three"), annotated, 3);
    assertEquals(
        List.of("annotated as a race, but jcstress does not list it"), messages(book.result(1, 0)));
  }

  @Test
  void plan_ofNothing_fails() {
    NavigableSet<String> unused = book.plan(List.of(), new TreeMap<>(), 2);
    assertEquals(
        List.of("jcstress lists no race: did its annotation processor run?"),
        messages(book.result(0, 0)));
  }

  @Test
  void grades_ofAll_pass() {
    book.graded(new TreeSet<>(List.of("one")), "mapped", 0, List.of(grade("one", true)));
    LayerResult result = book.result(1, 0);
    assertTrue(result.passed());
    assertEquals(10, result.explored());
    assertEquals("words=mapped samples=10", result.checks().get(0).name());
  }

  @Test
  void grades_ofFewerThanPlanned_fail() {
    book.graded(new TreeSet<>(List.of("one", "two")), "heap", 0, List.of(grade("one", true)));
    assertEquals(List.of("listed, but not graded: see the run.log"), messages(book.result(2, 0)));
  }

  @Test
  void grades_ofARaceThatFailed_fail() {
    book.graded(new TreeSet<>(List.of("one")), "heap", 1, List.of(grade("one", false)));
    assertEquals(List.of("failed"), messages(book.result(1, 0)));
  }

  @Test
  void grades_afterAnErrorOfTheHarness_fail() {
    book.graded(new TreeSet<>(List.of("one")), "heap", 3, List.of(grade("one", true)));
    assertFalse(book.result(1, 0).passed());
  }

  @Test
  void mutant_thatShowsWhatIsForbidden_passes() {
    Row row = new Row("1, 0", Expect.FORBIDDEN, "both", 1);
    book.gradedOnMutant("one", "without-it", List.of(grade("one", false, row)));
    assertTrue(book.result(1, 0).passed());
  }

  @Test
  void mutant_thatShowsNothing_fails() {
    Row row = new Row("1, 0", Expect.FORBIDDEN, "both", 0);
    book.gradedOnMutant("one", "without-it", List.of(grade("one", true, row)));
    assertEquals(List.of("shows nothing of it"), messages(book.result(1, 0)));
  }

  @Test
  void mutant_thatWasNotGraded_fails() {
    book.gradedOnMutant("one", "without-it", List.of());
    assertEquals(List.of("graded 0 times"), messages(book.result(1, 0)));
  }

  @Test
  void twin_thatDoesNotShowWhatIsWrong_isNamed() {
    assertEquals(
        List.of("1, 0"),
        RaceGrade.unseenInteresting(
            List.of(
                new Row("1, 0", Expect.ACCEPTABLE_INTERESTING, "lost", 0),
                new Row("0, 1", Expect.ACCEPTABLE_INTERESTING, "lost", 1),
                new Row("1, 1", Expect.ACCEPTABLE, "both", 0))));
  }
}
