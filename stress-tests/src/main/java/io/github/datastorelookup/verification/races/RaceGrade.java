package io.github.datastorelookup.verification.races;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;
import org.openjdk.jcstress.infra.grading.TestGrading;

/**
 * What jcstress found about one race, over all its forks.
 *
 * @param name the race
 * @param samples how often it was run
 * @param passed whether every fork ended well, every outcome was acceptable, and the interesting
 *     ones were seen
 * @param message what was wrong
 * @param details the table of outcomes
 */
record RaceGrade(String name, long samples, boolean passed, String message, String details) {

  /**
   * Reads what jcstress wrote, with its own classes.
   *
   * @throws IOException when there is not exactly one file of results
   */
  static List<RaceGrade> read(Path folder) throws IOException {
    List<Path> files = RaceProcess.results(folder);
    if (files.size() != 1) {
      throw new IOException("results=" + files + ", expected exactly one file");
    }
    InProcessCollector results = new InProcessCollector();
    DiskReadCollector reader = new DiskReadCollector(files.get(0).toString(), results);
    try {
      reader.dump();
    } catch (ClassNotFoundException e) {
      throw new IOException("results=" + files + " cannot be read", e);
    } finally {
      reader.close();
    }
    List<RaceGrade> grades = new ArrayList<>();
    for (TestResult result : ReportUtils.mergedByName(results.getTestResults())) {
      grades.add(of(result));
    }
    return grades;
  }

  private static RaceGrade of(TestResult result) {
    TestGrading grading = TestGrading.grade(result);
    List<String> unseen = unseenInteresting(grading);
    boolean passed =
        result.status() == Status.NORMAL
            && grading.isPassed
            && result.getTotalCount() > 0
            && unseen.isEmpty();
    StringWriter details = new StringWriter();
    try (PrintWriter out = new PrintWriter(details)) {
      ReportUtils.printResult(out, result, true);
    }
    return new RaceGrade(
        result.getName(),
        result.getTotalCount(),
        passed,
        passed
            ? ""
            : "status=" + result.status() + " " + grading.failureMessages + " unseen=" + unseen,
        details.toString());
  }

  /**
   * A weakened twin marks as interesting what its sound sibling forbids. If it does not show that,
   * the sibling's zeros mean nothing either.
   */
  private static List<String> unseenInteresting(TestGrading grading) {
    return grading.gradingResults.values().stream()
        .filter(each -> each.expect == Expect.ACCEPTABLE_INTERESTING && each.count == 0)
        .map(each -> each.id)
        .toList();
  }
}
