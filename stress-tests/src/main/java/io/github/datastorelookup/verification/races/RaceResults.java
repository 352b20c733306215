package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.races.NeedsCores;
import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was planned of the races and what came of it, judged. Not thread-safe. */
final class RaceResults {
  private final String layer;
  private final String replay;
  private final List<Failure> failures = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int ran;
  private long samples;

  /** An empty one of this layer, which is run again by this command. */
  RaceResults(String layer, String replay) {
    this.layer = layer;
    this.replay = replay;
  }

  /**
   * What has to be graded.
   *
   * @param listed by jcstress
   * @param annotated as compiled; what is not listed fails
   * @param cores of this machine; what needs more is skipped, and said
   */
  NavigableSet<String> plan(
      Collection<String> listed, NavigableMap<String, Class<?>> annotated, int cores) {
    if (listed.isEmpty()) {
      fail(layer, "jcstress lists no race: did its annotation processor run?", "");
    }
    NavigableSet<String> unlisted = new TreeSet<>(annotated.keySet());
    unlisted.removeAll(listed);
    unlisted.forEach(race -> fail(race, "annotated as a race, but jcstress does not list it", ""));
    NavigableSet<String> planned = new TreeSet<>(listed);
    annotated.forEach(
        (race, type) -> {
          NeedsCores needed = type.getAnnotation(NeedsCores.class);
          if (needed != null && needed.value() > cores && planned.remove(race)) {
            String why = "needs " + needed.value() + " cores, there are " + cores;
            notes.add("skipped " + race + ": " + why);
            checks.add(new CheckResult(race, "skipped", 0, Outcome.DECLARED_SKIP, why));
          }
        });
    return planned;
  }

  /** Less than everything was chosen: the run cannot pass. */
  void partly(String why) {
    fail(layer, why, "");
  }

  /** A run of all that was planned. */
  void graded(NavigableSet<String> planned, String words, int exit, List<RaceGrade> grades) {
    if (exit != 0 && grades.stream().allMatch(RaceGrade::passed)) {
      fail(layer, "jcstress exit=" + exit + " though no race failed: see its run.log", "");
    }
    NavigableSet<String> missing = new TreeSet<>(planned);
    for (RaceGrade grade : grades) {
      missing.remove(grade.name());
      check(grade, "words=" + words, grade.passed() ? null : grade.message());
    }
    missing.forEach(
        race -> fail(race + " words=" + words, "listed, but not graded: see the run.log", ""));
  }

  /** A run of one race on a mutant, on which it has to show what it forbids. */
  void gradedOnMutant(String race, String mutant, List<RaceGrade> grades) {
    String where = "mutant=" + mutant;
    if (grades.size() != 1) {
      fail(race + " " + where, "graded " + grades.size() + " times", "");
      return;
    }
    RaceGrade grade = grades.get(0);
    check(grade, where, grade.forbidden() > 0 ? null : "shows nothing of it");
  }

  /** All of it. */
  LayerResult result(int planned, double seconds) {
    return new LayerResult(
        layer, planned, ran, samples, "samples", seconds, checks, failures, notes);
  }

  private void check(RaceGrade grade, String where, @Nullable String wrong) {
    ran++;
    samples += grade.samples();
    if (wrong != null) {
      fail(grade.name() + " " + where, wrong, grade.details());
    }
    checks.add(
        new CheckResult(
            grade.name(),
            where + " samples=" + grade.samples(),
            0,
            wrong == null ? Outcome.PASSED : Outcome.FAILED,
            wrong));
  }

  private void fail(String race, String message, String details) {
    failures.add(new Failure(race, message, details, replay));
  }
}
