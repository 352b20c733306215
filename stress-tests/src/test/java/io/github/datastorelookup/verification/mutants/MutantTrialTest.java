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
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a violation of the named invariant, by a named check, is a kill. */
@Tag("runner")
final class MutantTrialTest {
  private static final List<String> IDLE_IGNORES_WRITES =
      List.of("- return reads(word) == 0 && writes(word) == 0;", "+ return reads(word) == 0;");

  private static SourceTree original;
  private static Path copies;
  private static MutantTrial trial;

  @BeforeAll
  static void makeTrial(@TempDir Path folder) throws IOException, MutantException {
    original =
        SourceTree.read(Repository.copyOf("port/OperationWord.java", folder.resolve("original")));
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
  void mistakeThatOnlyAnAssertionOfTheLibrarySees_survives() throws Exception {
    assertFate(
        Fate.SURVIVED,
        "survived",
        run(IDLE_IGNORES_WRITES, "idle_withAWrite_isSeenByAnAssertionOnly"));
  }

  @Test
  void mistakeThatAnAssertionSeesFirst_isKilledByWhatTheCheckSeesWithoutIt() throws Exception {
    assertFate(
        Fate.KILLED, "", run(IDLE_IGNORES_WRITES, "idle_withAWrite_isSeenByAnAssertionFirst"));
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
        "saw [INV-3] broken, the mutant says INV-6",
        run(IDLE_IGNORES_WRITES, "idle_withAWrite_breaksAnotherInvariant"));
  }

  @Test
  void checkThatFailsWithoutTheMutant_isNoKill() throws Exception {
    assertFate(Fate.ERROR, "fails without the mutant", run(IDLE_IGNORES_WRITES, "alwaysBroken"));
  }

  @Test
  void checkThatIsKnownToHold_isRunOnTheMutantOnly() throws Exception {
    MutantTrial known = trial(Duration.ofSeconds(30), true);
    MutantResult result = known.run(mutant(IDLE_IGNORES_WRITES, "idle_withAWrite_isFalse"));
    assertEquals(Fate.KILLED, result.fate(), result.toString());
    assertEquals(1, known.checksRun());
  }

  @Test
  void mutantThatFitsNowhere_isAnError() throws Exception {
    List<String> stale = List.of("- return reads(word) == 0 || nothing;", "+ return true;");
    assertFate(Fate.ERROR, "fit nowhere", run(stale, "idle_withAWrite_isFalse"));
  }

  @Test
  void compileError_isAnError() throws Exception {
    List<String> broken =
        List.of("- return reads(word) == 0 && writes(word) == 0;", "+ return nonsense;");
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
            .map(method -> new CheckName("runner", WordFixture.class.getName(), method))
            .toList();
    return new Mutant(
        "fixture", "a story", "D1", "INV-6", "runner", checks, List.of(new Replacement(diff)));
  }
}
