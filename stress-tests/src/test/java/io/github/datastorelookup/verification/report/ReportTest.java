package io.github.datastorelookup.verification.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.CheckResult;
import io.github.datastorelookup.verification.CheckResult.Outcome;
import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.RunVerdict;
import io.github.datastorelookup.verification.Scope;
import io.github.datastorelookup.verification.Shard;
import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** What a run leaves behind is read by programs: its shape is a promise. */
@Tag("runner")
@ExtendWith(WithoutOptions.class)
final class ReportTest {
  private static final Environment HERE = new Environment("a cpu", 2, "17", "Linux", "abc", "then");
  private static final CheckResult GOOD = new CheckResult("C", "good", 0.5, Outcome.PASSED, null);

  @Test
  void summary_hasExactlyThePromisedShape() {
    ObjectNode json = SummaryJson.json(report(layer(1, 1, List.of())));
    assertEquals(
        "{\"verdict\":\"passed\",\"headline\":\"Every check ran, and nothing failed.\","
            + "\"exitCode\":0,\"started\":\"then\",\"seconds\":1.0,\"seed\":7,\"budget\":\"smoke\",\"jdk\":\"17\","
            + "\"commit\":\"abc\",\"machine\":\"2 x a cpu\",\"os\":\"Linux\","
            + "\"layers\":[{\"name\":\"unit\",\"planned\":1,\"ran\":1,\"explored\":9,"
            + "\"unit\":\"cases\",\"seconds\":1.5,\"result\":\"passed\","
            + "\"limits\":[],\"leftOut\":[],\"notes\":[]}],"
            + "\"mutants\":[{\"id\":\"m\",\"story\":\"s\",\"clause\":\"L2\",\"invariant\":\"INV-3\","
            + "\"killedBy\":\"a.B#c\",\"killed\":true,\"seconds\":0.25}]}",
        json.toString());
  }

  @Test
  void fewerRanThanPlanned_isAFailedVerdict() {
    assertEquals(RunVerdict.FAILED, report(layer(2, 1, List.of())).verdict());
  }

  @Test
  void aFailure_isAFailedVerdict() {
    RunReport report = report(layer(1, 1, List.of(new Failure("c", "m", "", "r"))));
    assertEquals(RunVerdict.FAILED, report.verdict());
    assertEquals("Failed: unit.", report.headline());
  }

  @Test
  void noLayer_isAFailedVerdict() {
    RunReport report = new RunReport(settings(Path.of(".")), HERE, List.of(), List.of(), 1);
    assertEquals(RunVerdict.FAILED, report.verdict());
  }

  @Test
  void layerThatHadNothingToRun_isAFailedVerdictButInAShard() {
    RunReport whole = report(layer(0, 0, List.of()));
    assertEquals(RunVerdict.FAILED, whole.verdict());
    RunSettings shard = new RunSettings(Path.of("."), Budget.SMOKE, 7, new Shard(1, 2));
    RunReport part = new RunReport(shard, HERE, whole.layers(), List.of(), 1);
    assertEquals(RunVerdict.PASSED, part.verdict());
  }

  @Test
  void layerThatTheCallerLeftOut_isAPartialVerdict_unlessAnotherFailed() {
    LayerResult leftOut = LayerResult.without("lincheck", "by -Donly");
    RunReport partial = report(layer(1, 1, List.of()), leftOut);
    assertEquals(RunVerdict.PARTIAL, partial.verdict());
    assertEquals("Nothing failed in what ran. Left out: lincheck by -Donly.", partial.headline());
    assertEquals("left out", leftOut.result());
    assertEquals(RunVerdict.FAILED, report(layer(2, 1, List.of()), leftOut).verdict());
  }

  @Test
  void layerThatTheBudgetLeftOut_isInTheHeadlineOfAPassedRun() {
    LayerResult leftOut = LayerResult.leftOut("runner");
    RunReport report = report(layer(1, 1, List.of()), leftOut);
    assertEquals(RunVerdict.PASSED, report.verdict());
    assertEquals(
        "Nothing failed in what this budget and this machine look at:"
            + " runner left to mvn -B verify.",
        report.headline());
    assertEquals("left out", leftOut.result());
  }

  @Test
  void whatABudgetCutOff_isInTheHeadlineOfAPassedRun() {
    Scope scope = Scope.within(List.of("38 of 149, chosen by the seed"));
    LayerResult mutants =
        new LayerResult(
            "mutants", 38, 38, 40, "check runs", 9, List.of(), List.of(), List.of(), scope);
    RunReport report = report(mutants);
    assertEquals(RunVerdict.PASSED, report.verdict());
    assertEquals(
        "Nothing failed in what this budget and this machine look at:"
            + " mutants 38 of 149, chosen by the seed.",
        report.headline());
  }

  @Test
  void table_namesLayerMutantVerdictAndSeed() {
    String table = String.join("\n", ResultTable.lines(report(layer(1, 1, List.of()))));
    assertTrue(table.contains("KILLED   m "), table);
    assertTrue(table.contains("verdict: passed"), table);
    assertTrue(table.contains("seed: 7"), table);
  }

  @Test
  void table_ofARunThatEndedEarly_saysOfHowManyMutantsNothingIsKnown() {
    LayerResult tried =
        new LayerResult(
            "mutants", 3, 3, 0, "", 1, List.of(), List.of(), List.of(), Scope.without("9 of 12"));
    String table = String.join("\n", ResultTable.lines(report(tried)));
    assertTrue(table.contains("killed/planned: 1/3\n  no result of 2, killed or not"), table);
  }

  @Test
  void junitXml_countsAndSurvivesControlCharacters(@TempDir Path folder) throws Exception {
    CheckResult bad = new CheckResult("C", "bad\u0000<name>", 0, Outcome.FAILED, "a & b");
    CheckResult skipped = new CheckResult("C", "skip", 0, Outcome.DECLARED_SKIP, "declared: x");
    JunitXml.write(with(List.of(GOOD, bad, skipped), 2, 2), folder);
    Element suite = parse(folder.resolve("TEST-unit.xml"));
    assertEquals("3", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("skipped"));
    assertEquals(3, suite.getElementsByTagName("testcase").getLength());
  }

  @Test
  void junitXml_ofALayerThatRanTooLittle_hasAFailure(@TempDir Path folder) throws Exception {
    JunitXml.write(with(List.of(GOOD), 2, 1), folder);
    assertEquals("1", parse(folder.resolve("TEST-unit.xml")).getAttribute("failures"));
  }

  @Test
  void failureFile_hasAtMostAHundredLines_andTheReplay(@TempDir Path root) throws IOException {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add("line " + i);
    }
    String text = String.join("\n", many);
    Path file =
        new FailureFiles(settings(root), HERE)
            .write("unit", new Failure("c#m", text, text, "mvn x"));
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.size() <= 100, lines.size() + " lines");
    assertTrue(lines.contains("replay:  mvn x"));
    assertTrue(lines.contains("line 999"));
  }

  private static Element parse(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  private static LayerResult layer(int planned, int ran, List<Failure> failures) {
    return new LayerResult(
        "unit", planned, ran, 9, "cases", 1.5, List.of(GOOD), failures, List.of(), Scope.WHOLE);
  }

  private static LayerResult with(List<CheckResult> checks, int planned, int ran) {
    return new LayerResult(
        "unit", planned, ran, 9, "cases", 1.5, checks, List.of(), List.of(), Scope.WHOLE);
  }

  private static RunReport report(LayerResult... layers) {
    CheckName check = new CheckName("unit", "a.B", "c");
    Mutant mutant = new Mutant("m", "s", "L2", "INV-3", "unit", List.of(check), List.of());
    MutantResult killed = new MutantResult(mutant, Fate.KILLED, check.toString(), 0.25, "", "");
    return new RunReport(settings(Path.of(".")), HERE, List.of(layers), List.of(killed), 1);
  }

  private static RunSettings settings(Path root) {
    return new RunSettings(root, Budget.SMOKE, 7);
  }
}
