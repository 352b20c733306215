package io.github.datastorelookup.verification.races;

import io.github.datastorelookup.races.NeedsCores;
import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Judges the results of the races by the plan. Not thread-safe. */
final class RaceResults {
  private static final int TWO_ACTORS = 2;

  private final String layer;
  private final String replay;
  private final List<Failure> failures = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> limits = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private int skipped;
  private int ran;
  private long samples;

  /** Empty results of this layer; {@code replay} is the command that repeats it. */
  RaceResults(String layer, String replay) {
    this.layer = layer;
    this.replay = replay;
  }

  /**
   * The races that have to be graded.
   *
   * @param listed by jcstress
   * @param annotated as compiled; a race that is not listed fails
   * @param cores that jcstress may use; a race that needs more is skipped with a note
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
          NeedsCores marked = type.getAnnotation(NeedsCores.class);
          int needed = marked == null ? TWO_ACTORS : marked.value();
          if (needed > cores && planned.remove(race)) {
            String why = "needs " + needed + " cores, usable are " + cores;
            skipped++;
            notes.add("skipped " + race + ": " + why);
            checks.add(new CheckResult(race, "skipped", 0, Outcome.DECLARED_SKIP, why));
          }
        });
    if (cores < TWO_ACTORS) {
      leftOut.add("every race: each needs at least two cores, usable is one");
    }
    return planned;
  }

  /** A race that only jcstress knows is in no plan. */
  void requireAnnotated(Collection<String> listed, Collection<String> annotated) {
    listed.stream()
        .filter(race -> !annotated.contains(race))
        .forEach(race -> fail(race, "jcstress lists it, but the scan of classes misses it", ""));
  }

  /** Records that the budget runs some of the races only. */
  void limit(String what) {
    limits.add(what);
  }

  /** Records that the caller left races out. */
  void leftOut(String what) {
    leftOut.add(what);
  }

  /** Records a run of all planned races; {@code exit} is 1 if jcstress found a race at fault. */
  void graded(NavigableSet<String> planned, String words, int exit, List<RaceGrade> grades) {
    if (exit != 0 && grades.stream().allMatch(each -> each.passed() && each.forbidden() == 0)) {
      fail(layer, "jcstress exit=" + exit + " though no race failed: see its run.log", "");
    }
    NavigableSet<String> missing = new TreeSet<>(planned);
    for (RaceGrade grade : grades) {
      missing.remove(grade.name());
      if (grade.passed() && grade.forbidden() > 0) {
        notes.add(grade.name() + " words=" + words + " shows outcomes that it does not list");
      }
      check(grade, "words=" + words, grade.passed(), grade.unseen());
    }
    missing.forEach(
        race -> fail(race + " words=" + words, "listed, but not graded: see the run.log", ""));
  }

  /** Records a run of one race on a mutant, on which it has to show a forbidden outcome. */
  void gradedOnMutant(String race, String mutant, List<RaceGrade> grades) {
    String where = "mutant=" + mutant;
    if (grades.size() != 1) {
      fail(race + " " + where, "graded " + grades.size() + " times", "");
      return;
    }
    RaceGrade grade = grades.get(0);
    boolean shown = grade.forbidden() > 0;
    check(grade, where, grade.passed() || shown, shown ? List.of() : List.of("anything forbidden"));
  }

  /** The result of the layer. */
  LayerResult result(int planned, double seconds) {
    return new LayerResult(
        layer, planned, ran, samples, "samples", seconds, checks, failures, notes, scope());
  }

  private Scope scope() {
    List<String> all = new ArrayList<>(limits);
    if (skipped > 0) {
      all.add(skipped + " races skipped for want of cores");
    }
    return new Scope(all, leftOut);
  }

  /** Few samples prove nothing: a race that did not show what it has to is inconclusive. */
  private void check(RaceGrade grade, String where, boolean held, List<String> unseen) {
    ran++;
    samples += grade.samples();
    Outcome outcome = Outcome.PASSED;
    String message = null;
    if (!held) {
      outcome = Outcome.FAILED;
      message = grade.message();
      fail(grade.name() + " " + where, message, grade.details());
    } else if (!unseen.isEmpty()) {
      outcome = Outcome.DECLARED_SKIP;
      message = "did not show " + unseen + " in " + grade.samples() + " samples";
      String race = grade.name().replace(RaceProcess.PACKAGE, "") + " " + where;
      leftOut.add("inconclusive: " + race);
      notes.add("inconclusive: " + race + " " + message);
    }
    String name = where + " samples=" + grade.samples();
    checks.add(new CheckResult(grade.name(), name, 0, outcome, message));
  }

  private void fail(String race, String message, String details) {
    String name = race.replaceFirst(" .*", "");
    String only = name.equals(layer) ? "" : " -Drace=" + name.replace(RaceProcess.PACKAGE, "");
    failures.add(new Failure(race, message, details, replay + only));
  }
}
