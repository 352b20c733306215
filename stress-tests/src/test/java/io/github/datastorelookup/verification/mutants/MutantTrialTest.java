package io.github.datastorelookup.verification.mutants;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a violation of the named invariant, by a named check, is a kill. */
@Tag("runner")
final class MutantTrialTest {
  private static final List<String> IDLE_IGNORES_WRITES =
      diff("    return reads(word) == 0 && writes(word) == 0;", "    return reads(word) == 0;");

  private static Path original;
  private static Path copies;
  private static MutantTrial trial;

  @BeforeAll
  static void makeTrial(@TempDir Path folder) throws IOException {
    original = Repository.copyOf("port/OperationWord.java", folder.resolve("original"));
    copies = folder.resolve("copies");
    trial = trial(Duration.ofSeconds(30), false);
  }

  private static MutantTrial trial(Duration limit, boolean held) {
    return new MutantTrial(
        original,
        copies,
        System.getProperty("java.class.path"),
        new CopyChecker(Repository.checkFolders(), limit),
        check -> held);
  }

  @Test
  void mistakeThatTheOracleSees_isKilled() throws Exception {
    MutantResult result = run(IDLE_IGNORES_WRITES, "idle_withAWrite_isFalse");
    assertAll(
        () -> assertEquals(Fate.KILLED, result.fate(), result.toString()),
        () -> assertTrue(result.killedBy().endsWith("#idle_withAWrite_isFalse")));
  }

  @Test
  void mistakeThatTheSecondCheckSees_isKilledByThatOne() throws Exception {
    MutantResult result =
        run(IDLE_IGNORES_WRITES, "idle_withARead_isFalse", "idle_withAWrite_isFalse");
    assertTrue(result.killedBy().endsWith("#idle_withAWrite_isFalse"), result.toString());
  }

  @Test
  void violationInsideOtherExceptions_isKilled() throws Exception {
    assertFate(Fate.KILLED, "", run(IDLE_IGNORES_WRITES, "idle_withAWrite_wrapsTheViolation"));
  }

  @Test
  void mistakeThatNoCheckSees_survives() throws Exception {
    assertFate(Fate.SURVIVED, "survived", run(IDLE_IGNORES_WRITES, "idle_withARead_isFalse"));
  }

  @Test
  void plainAssertionError_isNoKill() throws Exception {
    assertFate(
        Fate.ERROR,
        "not by the oracle",
        run(IDLE_IGNORES_WRITES, "idle_withAWrite_failsWithoutTheOracle"));
  }

  @Test
  void anotherInvariant_isNoKill() throws Exception {
    assertFate(
        Fate.ERROR,
        "saw [INV-3] broken, the header says INV-6",
        run(IDLE_IGNORES_WRITES, "idle_withAWrite_breaksAnotherInvariant"));
  }

  @Test
  void checkThatFailsWithoutThePatch_isNoKill() throws Exception {
    assertFate(Fate.ERROR, "fails without the patch", run(IDLE_IGNORES_WRITES, "alwaysBroken"));
  }

  @Test
  void checkThatIsKnownToHold_isRunOnTheMutantOnly() throws Exception {
    MutantTrial known = trial(Duration.ofSeconds(30), true);
    MutantResult result = known.run(mutant(IDLE_IGNORES_WRITES, "idle_withAWrite_isFalse"));
    assertEquals(Fate.KILLED, result.fate(), result.toString());
    assertEquals(1, known.checksRun());
  }

  @Test
  void patchThatDoesNotApply_isAnError() throws Exception {
    List<String> stale = diff("    return reads(word) == 0; // of last year", "    return true;");
    assertFate(Fate.ERROR, "does not apply", run(stale, "idle_withAWrite_isFalse"));
  }

  @Test
  void patchWhoseLinesMoved_stillApplies() throws Exception {
    List<String> moved = new ArrayList<>(IDLE_IGNORES_WRITES);
    moved.set(2, "@@ -7 +7 @@");
    assertFate(Fate.KILLED, "", run(moved, "idle_withAWrite_isFalse"));
  }

  @Test
  void patchThatFitsTwoPlaces_isAnError() throws Exception {
    assertFate(
        Fate.ERROR, "does not apply, or twice", run(diff("  }", "  };"), "idle_withARead_isFalse"));
  }

  @Test
  void patchOfAnotherFile_isAnError() throws Exception {
    List<String> foreign = List.of("--- a/pom.xml", "+++ b/pom.xml", "@@ -1 +1 @@", "-a", "+b");
    assertFate(Fate.ERROR, "none of the library's sources", run(foreign, "idle_withARead_isFalse"));
  }

  @Test
  void patchWithoutDiff_isAnError() throws Exception {
    assertFate(Fate.ERROR, "has no diff", run(List.of("text"), "idle_withAWrite_isFalse"));
  }

  @Test
  void compileError_isAnError() throws Exception {
    List<String> broken =
        diff("    return reads(word) == 0 && writes(word) == 0;", "    return nonsense;");
    assertFate(Fate.ERROR, "does not compile", run(broken, "idle_withAWrite_isFalse"));
  }

  @Test
  void checkThatDoesNotExist_isAnError() throws Exception {
    assertFate(Fate.ERROR, "zero tests found", run(IDLE_IGNORES_WRITES, "noSuchMethod"));
  }

  @Test
  void checkThatDoesNotEnd_isAnError() throws Exception {
    MutantTrial impatient = trial(Duration.ofSeconds(1), false);
    MutantResult result = impatient.run(mutant(IDLE_IGNORES_WRITES, "neverEnds"));
    assertFate(Fate.ERROR, "no answer within", result);
  }

  @Test
  void checkThatIsSkipped_isAnError() throws Exception {
    assertFate(Fate.ERROR, "was skipped", run(IDLE_IGNORES_WRITES, "neverBegins"));
  }

  private static void assertFate(Fate fate, String message, MutantResult result) {
    assertAll(
        () -> assertEquals(fate, result.fate(), result.toString()),
        () -> assertTrue(result.message().contains(message), result.message()));
  }

  private static MutantResult run(List<String> diff, String... methods)
      throws InterruptedException {
    return trial.run(mutant(diff, methods));
  }

  private static Mutant mutant(List<String> diff, String... methods) {
    List<CheckName> checks =
        List.of(methods).stream()
            .map(method -> new CheckName(WordFixture.class.getName(), method))
            .toList();
    return new Mutant("fixture", "a story", "D1", "INV-6", "runner", checks, diff);
  }

  /** A diff of one line of {@code OperationWord.idle}. */
  private static List<String> diff(String before, String after) {
    int line = Repository.lineOf("port/OperationWord.java", "return reads(word) == 0 &&");
    return List.of(
        "--- a/impl/src/main/java/io/github/datastorelookup/port/OperationWord.java",
        "+++ b/impl/src/main/java/io/github/datastorelookup/port/OperationWord.java",
        "@@ -" + line + " +" + line + " @@",
        "-" + before,
        "+" + after);
  }
}
