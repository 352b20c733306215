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
 * @param passed whether every fork ended well and, unless it is a wrong version, showed nothing
 *     forbidden
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

  /**
   * Whether it is a wrong version, which marks as interesting what the shipped race forbids. A
   * wrong version lists the outcomes of its mistake, but not every rare one. jcstress forbids all
   * outcomes that are not listed.
   */
  public boolean wrongVersion() {
    return rows.stream().anyMatch(row -> row.expect() == Expect.ACCEPTABLE_INTERESTING);
  }

  /** The interesting outcomes that were not seen; without them the zeros of others mean nothing. */
  public List<String> unseen() {
    return rows.stream()
        .filter(row -> row.expect() == Expect.ACCEPTABLE_INTERESTING && row.samples() == 0)
        .map(Row::id)
        .toList();
  }

  /** How often it showed a forbidden outcome. */
  public long forbidden() {
    return rows.stream()
        .filter(row -> row.expect() == Expect.FORBIDDEN)
        .mapToLong(Row::samples)
        .sum();
  }

  /** Reads the results of jcstress, with its own classes; adds up what several files have. */
  static List<RaceGrade> read(List<Path> files) throws IOException {
    InProcessCollector results = new InProcessCollector();
    for (Path file : files) {
      DiskReadCollector reader = new DiskReadCollector(file.toString(), results);
      try {
        reader.dump();
      } catch (ClassNotFoundException e) {
        throw new IOException("results=" + file + " cannot be read", e);
      } finally {
        reader.close();
      }
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
    StringWriter details = new StringWriter();
    try (PrintWriter out = new PrintWriter(details)) {
      ReportUtils.printResult(out, result, true);
    }
    return of(
        result.getName(),
        result.getTotalCount(),
        rows,
        result.status(),
        grading.isPassed ? List.of() : grading.failureMessages,
        details.toString());
  }

  /** Judges a race by its rows and by how its forks ended. */
  static RaceGrade of(
      String name,
      long samples,
      List<Row> rows,
      Status status,
      List<String> wrong,
      String details) {
    boolean ended = status == Status.NORMAL && samples > 0;
    RaceGrade shown = new RaceGrade(name, samples, rows, ended, "", details);
    return ended && (wrong.isEmpty() || shown.wrongVersion())
        ? shown
        : new RaceGrade(name, samples, rows, false, "status=" + status + " " + wrong, details);
  }
}
