package io.github.datastorelookup.verification.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.Environment;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.RunSettings;
import io.github.datastorelookup.verification.Scope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CI accepts a run that is partial for at most two inconclusive races, and no other such run. */
@Tag("runner")
class VerdictScriptTest {
  private static final String FIRST = "inconclusive: A.WithoutB words=mapped";
  private static final String SECOND = "inconclusive: C mutant=d";

  private final Path folder;

  VerdictScriptTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void runs_thatPassed_orHaveAtMostTwoInconclusiveRaces_areAccepted() throws Exception {
    assertEquals(0, exit(List.of()));
    assertEquals(0, exit(List.of(), FIRST));
    assertEquals(0, exit(List.of(), FIRST, SECOND));
  }

  @Test
  void runs_thatLeftAnythingElseOut_areRefused() throws Exception {
    assertEquals(1, exit(List.of(), FIRST, SECOND, "inconclusive: E words=heap"));
    assertEquals(1, exit(List.of(), FIRST, "4 of 5 races, by -Drace"));
    assertEquals(1, exit(List.of(), "by -Donly"));
  }

  @Test
  void runs_thatFailed_areRefused() throws Exception {
    assertEquals(1, exit(List.of(new Failure("a", "b", "", "c")), FIRST));
  }

  private int exit(List<Failure> failures, String... leftOut) throws Exception {
    Path summary = folder.resolve("summary.json");
    Scope scope = new Scope(List.of("3 races skipped"), List.of(leftOut));
    LayerResult layer =
        new LayerResult("jcstress", 1, 1, 9, "samples", 1, List.of(), failures, List.of(), scope);
    RunSettings settings = new RunSettings(folder, Budget.SMOKE, 7);
    Environment here = new Environment("a cpu", 2, "17", "Linux", "abc", "then");
    SummaryJson.write(new RunReport(settings, here, List.of(layer), List.of(), 1), summary);
    String script = Repository.root().resolve(".ci/verdict").toString();
    return new ProcessBuilder(script, summary.toString()).inheritIO().start().waitFor();
  }
}
