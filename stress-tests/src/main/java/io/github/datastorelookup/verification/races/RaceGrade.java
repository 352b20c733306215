package io.github.datastorelookup.verification.races;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param rows its outcomes
 * @param passed whether every fork ended well, every outcome was acceptable, and the interesting
 *     ones were seen
 * @param message what was wrong
 * @param details the table of outcomes
 */
public record RaceGrade(
    String name, long samples, List<Row> rows, boolean passed, String message, String details) {

  /**
   * An outcome.
   *
   * @param id as it is declared
   * @param expect whether it may be seen
   * @param meaning what order of events explains it
   * @param samples how often it was seen
   */
  public record Row(String id, Expect expect, String meaning, long samples) {}

  /** Copies the rows. */
  public RaceGrade {
    rows = List.copyOf(rows);
  }

  /** How often it showed a forbidden outcome. */
  public long forbidden() {
    return rows.stream()
        .filter(row -> row.expect() == Expect.FORBIDDEN)
        .mapToLong(Row::samples)
        .sum();
  }

  /**
   * Reads the results of jcstress, with its own classes.
   *
   * @throws IOException when there is not exactly one file of results
   */
  static List<RaceGrade> read(List<Path> files) throws IOException {
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
    grades.sort(Comparator.comparing(RaceGrade::name));
    return grades;
  }

  private static RaceGrade of(TestResult result) {
    TestGrading grading = TestGrading.grade(result);
    List<Row> rows = new ArrayList<>();
    grading.gradingResults.forEach(
        (key, each) -> rows.add(new Row(each.id, each.expect, each.description, each.count)));
    List<String> unseen = unseenInteresting(rows);
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
        rows,
        passed,
        passed
            ? ""
            : "status=" + result.status() + " " + grading.failureMessages + " unseen=" + unseen,
        details.toString());
  }

  /**
   * Finds interesting outcomes that were not seen. A weakened twin marks as interesting what its
   * sound sibling forbids; unless it shows that, the zeros of the sibling mean nothing.
   */
  static List<String> unseenInteresting(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.expect() == Expect.ACCEPTABLE_INTERESTING && row.samples() == 0)
        .map(Row::id)
        .toList();
  }
}
