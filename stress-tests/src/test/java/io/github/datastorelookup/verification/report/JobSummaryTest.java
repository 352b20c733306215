package io.github.datastorelookup.verification.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.Scope;
import io.github.datastorelookup.verification.page.MermaidDiagram;
import io.github.datastorelookup.verification.report.FailureFiles.Reported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The summary of a job, and the annotations of its failures. */
@Tag("runner")
@ExtendWith(WithoutOptions.class)
final class JobSummaryTest {
  private static final Environment HERE = new Environment("a cpu", 2, "17", "Linux", "abc", "then");
  private static final String SOURCE =
      "stress-tests/src/test/java/io/github/datastorelookup/verification/report/JobSummaryTest.java";

  private final Path root;

  JobSummaryTest(@TempDir Path root) throws IOException {
    this.root = root;
    Path source = root.resolve(SOURCE);
    Path unused = Files.createDirectories(source.getParent());
    Path unusedToo = Files.writeString(source, "");
    Path unusedThree = Files.createDirectories(settings().output());
  }

  @Test
  void summary_ofAPassedRun_isItsHeadlineItsTableAndItsCommand() {
    assertEquals(
        """
        ## Verification: passed

        Every check ran, and nothing failed.

        | layer | result | planned | ran | explored | seconds |
        |---|---|--:|--:|---|--:|
        | unit | passed | 1,314 | 1,314 | 2,071 cases | 1.5 |

        To run it again, at abc:

            mvn -B verify -Pverification -Dbudget=smoke -Dseed=7
        """,
        String.join("\n", summary().lines()));
  }

  @Test
  void summary_ofAFailure_hasItsReplay_andNoTextEndsItsBlock() {
    List<String> lines = summary(failure("T#m", "```\n# broken\n<b>")).lines();
    assertTrue(lines.containsAll(List.of("    ```", "    # broken", "    <b>", "    mvn T#m")));
    assertFalse(lines.contains("```"), lines.toString());
  }

  @Test
  void summary_drawsTheFirstCounterexampleOnly() throws IOException {
    String story = story();
    List<String> lines =
        summary(failure("A#a", "no story"), failure("B#b", story), failure("C#c", story)).lines();
    assertEquals(1, Collections.frequency(lines, "```mermaid"));
    assertEquals("  participant t0 as T1#58; p0", lines.get(lines.indexOf("sequenceDiagram") + 1));
  }

  @Test
  void summary_ofManyFailures_countsTheOnesThatItLeavesOut() {
    Reported[] many = Collections.nCopies(13, failure("T#m", "bad")).toArray(new Reported[0]);
    List<String> lines = summary(many).lines();
    assertEquals(10, Collections.frequency(lines, "### Failed in layer unit"));
    assertTrue(lines.contains("And 3 more failures."));
    assertEquals(10, summary(many).annotations().size());
  }

  /** Mermaid takes a semicolon for the end of a line, and # for the begin of a number. */
  @Test
  void diagram_hasNoCharacterThatMeansSomethingToMermaid() throws IOException {
    List<String> lines = MermaidDiagram.lines(story());
    for (String line : lines) {
      assertTrue(
          line.matches("participant \\w+ as ([\\w ,]|#\\d+;)+")
              || line.matches("(Note over \\w+(, \\w+)?|\\w+->>\\w+): ([\\w ,]|#\\d+;|<br/>)*"),
          line);
    }
    assertTrue(
        lines.contains("Note over t0, t1: #10007; here INV#45;3 is broken"), lines::toString);
  }

  @Test
  void diagram_ofAKilledProcess_saysSo() {
    String text =
        """
        INV-12 broken: stuck
        processes: 2
        T1: p0: save aaa offline
        T2: p1: lookup aaa READ
        schedule: T1 x 2, kill T1
         step | T1                             | T2         | why
            1 | p0: save aaa offline           |            |
            2 |   config lock.tryLock => true  |            |
            3 | is dead                        |            |
        """;
    List<String> lines = MermaidDiagram.lines(text);
    assertTrue(lines.contains("Note over t0: #10007; killed"), lines::toString);
    assertTrue(lines.contains("%% destroy t0"), lines::toString);
  }

  @Test
  void annotation_namesTheSourceOfTheCheck_andEscapesWhatEndsIt() {
    String check = JobSummaryTest.class.getName() + "#case [1] 50%, a:b";
    assertEquals(
        List.of(
            String.format(
                Locale.ROOT,
                "::error file=%s,title=unit%%3A %s#case [1] 50%%25%%2C a%%3Ab::100%%25 of it%%0D%%0Anext: line%%0Amvn %s",
                SOURCE,
                JobSummaryTest.class.getName(),
                check.replace("%", "%25"))),
        summary(failure(check, "100% of it\r\nnext: line")).annotations());
  }

  @ParameterizedTest
  @CsvSource({"unit", "io.github.datastorelookup.Missing#m", "some-mutant"})
  void annotation_ofWhatHasNoSource_hasNoFile(String check) {
    String line = summary(failure(check, "bad")).annotations().get(0);
    assertTrue(line.startsWith("::error title=unit%3A "), line);
  }

  @Test
  void annotation_ofALayerThatRanTooLittle_isTheHeadline() {
    JobSummary silent =
        new JobSummary(new RunReport(settings(), HERE, List.of(layer(2)), List.of(), 1), List.of());
    assertEquals(List.of("::error title=verification::Failed: unit."), silent.annotations());
    assertEquals(List.of(), summary().annotations());
  }

  @Test
  void job_getsTheSummaryAfterWhatItHas_andTheAnnotations() throws IOException {
    Path job = Files.writeString(root.resolve("job.md"), "before\n");
    Map<String, String> github = github(job, root);
    List<String> printed = printed(github);
    assertEquals(1, printed.size());
    assertTrue(printed.get(0).startsWith("::error "), printed::toString);
    List<String> lines = new ArrayList<>(List.of("before"));
    lines.addAll(Files.readAllLines(settings().output().resolve("summary.md")));
    assertEquals(lines, Files.readAllLines(job));
  }

  @Test
  void runOutsideOfTheWorkspace_andRunWithoutGithub_writeTheFileOnly() throws IOException {
    Path job = root.resolve("job.md");
    assertEquals(List.of(), printed(github(job, root.resolve("elsewhere"))));
    assertEquals(List.of(), printed(Map.of()));
    assertFalse(Files.exists(job));
    assertTrue(Files.exists(settings().output().resolve("summary.md")));
  }

  @Test
  void jobSummary_thatCannotBeWritten_isALine() throws IOException {
    List<String> printed = printed(Map.of("GITHUB_STEP_SUMMARY", root.toString()));
    assertEquals(1, printed.size());
    assertTrue(printed.get(0).startsWith("the summary of the job cannot be written: "));
  }

  private static Map<String, String> github(Path job, Path workspace) {
    return Map.of(
        "GITHUB_ACTIONS", "true",
        "GITHUB_STEP_SUMMARY", job.toString(),
        "GITHUB_WORKSPACE", workspace.toString());
  }

  private List<String> printed(Map<String, String> environment) throws IOException {
    List<String> printed = new ArrayList<>();
    JobSummary.write(
        new RunReport(settings(), HERE, List.of(layer(1314)), List.of(), 1),
        List.of(failure("T#m", "bad")),
        environment,
        printed::add);
    return printed;
  }

  private JobSummary summary(Reported... failures) {
    return new JobSummary(
        new RunReport(settings(), HERE, List.of(layer(1314)), List.of(), 1), List.of(failures));
  }

  private static LayerResult layer(int ran) {
    return new LayerResult(
        "unit", 1314, ran, 2071, "cases", 1.5, List.of(), List.of(), List.of(), Scope.WHOLE);
  }

  private Reported failure(String check, String message) {
    String replay = "mvn " + check;
    return new Reported("unit", new Failure(check, message, "", replay), root, replay);
  }

  private RunSettings settings() {
    return new RunSettings(root, Budget.SMOKE, 7);
  }

  private static String story() throws IOException {
    try (InputStream in = MermaidDiagram.class.getResourceAsStream("count-after-config-lock.txt")) {
      if (in == null) {
        throw new IOException("no such resource");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
