package io.github.datastorelookup.verification.tests;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/**
 * Runs some test classes in a JVM as it was started: {@code .ci/machines} gives it another locale,
 * other cores, another path. Exits with 1 if a check failed, did not begin, or was not found.
 */
final class SelectedChecks {
  private static final String BASE = "io.github.datastorelookup.";

  private SelectedChecks() {}

  /** The arguments are names of classes without {@code io.github.datastorelookup}. */
  public static void main(String[] args) {
    List<ClassSelector> selectors =
        Arrays.stream(args).map(name -> DiscoverySelectors.selectClass(BASE + name)).toList();
    CheckReport report = CheckLauncher.run(selectors, new CheckObserver() {});
    int wrong = report.problems().size();
    report.problems().forEach(each -> System.out.println(each.where() + ": " + each.thrown()));
    for (CheckReport.Case each : report.cases()) {
      boolean skipped =
          each.status() == Status.ABORTED
              && SkipRule.declared(String.valueOf(each.reason().getMessage()));
      if (each.status() != Status.SUCCESSFUL && !skipped) {
        wrong++;
        System.out.println(each.check() + " " + each.name() + ": " + each.reason());
      }
    }
    for (CheckReport.Skip each : report.skips()) {
      wrong += SkipRule.declared(each.reason()) ? 0 : 1;
      System.out.println(each.check() + " was not begun: " + each.reason());
    }
    List<String> ran =
        report.cases().stream().map(each -> each.check().className()).distinct().toList();
    for (String name : args) {
      if (ran.stream().noneMatch(it -> it.startsWith(BASE + name))) {
        wrong++;
        System.out.println(name + " has no case that ran");
      }
    }
    System.out.println(report.cases().size() + " cases ran, " + wrong + " of them wrong");
    System.exit(wrong == 0 ? 0 : 1);
  }
}
