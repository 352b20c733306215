package io.github.datastorelookup.verification.tests;

import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.tests.CheckReport.Case;
import io.github.datastorelookup.verification.tests.CheckReport.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Compares what was planned with what ran.
 *
 * <p>Failures are: a failed case or container, a problem of discovery, an undeclared skip, a check
 * that ran but is unknown to the scan, and a check that did not run.
 */
final class TestVerdict {
  private final Set<CheckId> planned;
  private final UnaryOperator<String> replay;
  private final Set<CheckId> ran = new TreeSet<>();
  private final Set<CheckId> skipped = new TreeSet<>();
  private final Set<CheckId> failed = new TreeSet<>();
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** {@code replay} gives the command that repeats the checks of a class. */
  TestVerdict(Set<CheckId> planned, CheckReport report, UnaryOperator<String> replay) {
    this.planned = planned;
    this.replay = replay;
    report.problems().forEach(this::problem);
    report.cases().forEach(this::ended);
    report.skips().forEach(each -> skip(each.check(), each.check().method(), each.reason()));
    compare();
  }

  /** How many checks should have run; a declared skip should not. */
  int planned() {
    return planned.size() - (int) skipped.stream().filter(check -> !ran.contains(check)).count();
  }

  /** How many checks did not run, for a reason that they declare. */
  int skips() {
    return skipped.size();
  }

  int ran() {
    return (int) ran.stream().filter(planned::contains).count();
  }

  /** The checks that ran, and of which no case failed or was left out. */
  Set<CheckId> held() {
    Set<CheckId> held = new TreeSet<>(ran);
    held.removeAll(failed);
    held.removeAll(skipped);
    return held;
  }

  List<CheckResult> checks() {
    return checks;
  }

  List<Failure> failures() {
    return failures;
  }

  List<String> notes() {
    return notes;
  }

  private void problem(Problem problem) {
    failures.add(Failure.of(problem.where(), problem.thrown(), replay.apply("")));
    failed(problem.where(), "container", 0, String.valueOf(problem.thrown()));
  }

  private void ended(Case each) {
    CheckId check = each.check();
    String name = caseName(each);
    Throwable thrown = each.reason();
    switch (each.status()) {
      case SUCCESSFUL -> {
        ran.add(check);
        checks.add(new CheckResult(check.className(), name, each.seconds(), Outcome.PASSED, null));
      }
      case FAILED -> {
        ran.add(check);
        failed.add(check);
        String details = each.said() + Failure.trace(thrown);
        failures.add(
            new Failure(
                check + " " + each.name(),
                String.valueOf(thrown.getMessage()),
                details,
                replay.apply(check.className())));
        failed(check.className(), name, each.seconds(), String.valueOf(thrown));
      }
      case ABORTED -> skip(check, name, String.valueOf(thrown.getMessage()));
    }
  }

  private void skip(CheckId check, String name, String reason) {
    if (SkipRule.declared(reason)) {
      skipped.add(check);
      notes.add("skipped " + check + " " + reason);
      checks.add(new CheckResult(check.className(), name, 0, Outcome.DECLARED_SKIP, reason));
    } else {
      failWithoutTrace(check.toString(), "skipped without declaring it: " + reason);
      failed(check.className(), name, 0, "skipped: " + reason);
    }
  }

  private void compare() {
    Set<CheckId> missing = new TreeSet<>(planned);
    missing.removeAll(ran);
    missing.removeAll(skipped);
    missing.forEach(check -> failWithoutTrace(check.toString(), "planned, but it did not run"));
    Set<CheckId> unknown = new TreeSet<>(ran);
    unknown.removeAll(planned);
    unknown.forEach(check -> failWithoutTrace(check.toString(), "it ran, but was not planned"));
  }

  private void failWithoutTrace(String check, String message) {
    String className = check.contains("#") ? check.substring(0, check.indexOf('#')) : "";
    failures.add(new Failure(check, message, "", replay.apply(className)));
  }

  private void failed(String group, String name, double seconds, String message) {
    checks.add(new CheckResult(group, name, seconds, Outcome.FAILED, message));
  }

  private static String caseName(Case each) {
    String method = each.check().method();
    return each.name().startsWith(method) ? each.name() : method + " " + each.name();
  }
}
