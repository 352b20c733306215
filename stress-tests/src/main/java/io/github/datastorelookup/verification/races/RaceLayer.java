package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.Layer;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Progress;
import io.github.datastorelookup.verification.RunSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Runs the races on the cores of this machine.
 *
 * <p>jcstress exits with 0 when nothing matches, and leaves out without a word a race with more
 * actors than cores. So what it lists is compared with the annotated classes, and what it graded
 * with what it listed.
 */
public final class RaceLayer implements Layer {
  private static final String NAME = "jcstress";

  private final RunSettings settings;
  private final List<Failure> failures = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();

  /** The layer. */
  public RaceLayer(RunSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LayerResult run(Progress progress) throws IOException, InterruptedException {
    RaceProcess process = new RaceProcess(settings);
    NavigableSet<String> planned = new TreeSet<>(process.list());
    NavigableSet<String> annotated =
        RaceScan.annotated(
            settings.compiled("stress-tests", "classes"),
            settings.compiled("stress-tests", "test-classes"));
    progress.plan(planned.size());
    compare(planned, annotated);
    List<RaceGrade> grades = List.of();
    if (!planned.isEmpty()) {
      int exit = process.run(planned.size(), progress);
      grades = RaceGrade.read(process.folder());
      if (exit != 0 && grades.stream().allMatch(RaceGrade::passed)) {
        fail(NAME, "jcstress exit=" + exit + " though no race failed: see its run.log", "");
      }
    }
    grades.forEach(this::judge);
    NavigableSet<String> missing = new TreeSet<>(planned);
    grades.forEach(grade -> missing.remove(grade.name()));
    missing.forEach(
        race ->
            fail(race, "listed, but not graded: perhaps it needs more cores than there are", ""));
    long samples = grades.stream().mapToLong(RaceGrade::samples).sum();
    return new LayerResult(
        NAME,
        planned.size(),
        grades.size(),
        samples,
        "samples",
        progress.seconds(),
        checks,
        failures,
        List.of());
  }

  private void compare(NavigableSet<String> listed, NavigableSet<String> annotated) {
    if (listed.isEmpty()) {
      fail(NAME, "jcstress lists no race: did its annotation processor run?", "");
    }
    NavigableSet<String> unlisted = new TreeSet<>(annotated);
    unlisted.removeAll(listed);
    unlisted.forEach(race -> fail(race, "annotated as a race, but jcstress does not list it", ""));
  }

  private void judge(RaceGrade grade) {
    if (!grade.passed()) {
      fail(grade.name(), grade.message(), grade.details());
    }
    checks.add(
        new CheckResult(
            grade.name(),
            "samples=" + grade.samples(),
            0,
            grade.passed() ? Outcome.PASSED : Outcome.FAILED,
            grade.passed() ? null : grade.message()));
  }

  private void fail(String race, String message, String details) {
    failures.add(new Failure(race, message, details, settings.replay()));
  }
}
