package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.github.datastorelookup.checks.Budget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in a JVM of its own: what a signal and a kill leave, and what is refused. */
@Tag("runner")
final class VerificationTest {
  private final Path root;
  private final Path target;

  VerificationTest(@TempDir Path root) {
    this.root = root;
    this.target = root.resolve("stress-tests/target");
  }

  /** A repository of its own to write into, with the classes of this one. */
  @BeforeEach
  void linkClasses() throws IOException {
    Path real = Repository.root();
    Files.createDirectories(target);
    for (String each : new String[] {"impl", "property-tests", "docs"}) {
      Files.createSymbolicLink(root.resolve(each), real.resolve(each));
    }
    Files.createSymbolicLink(
        root.resolve("stress-tests/mutants"), real.resolve("stress-tests/mutants"));
    for (String each : new String[] {"classes", "test-classes"}) {
      Files.createSymbolicLink(
          target.resolve(each), real.resolve("stress-tests/target").resolve(each));
    }
  }

  @Test
  void signal_inTheMiddleOfALayer_leavesASummaryAReportAndAPartialVerdict() throws Exception {
    Process process = start("simulation");
    awaitBegin(process);
    assertTrue(process.toHandle().destroy()); // SIGTERM, and the streams stay open
    String said = rest(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    JsonNode summary = summary();
    assertEquals("partial", summary.path("verdict").asText(), said);
    assertTrue(
        summary.path("headline").asText().contains("checks, by a signal"), summary::toString);
    assertTrue(Files.exists(target.resolve("verification/index.html")));
    assertTrue(Files.exists(target.resolve("verdict/partial")));
  }

  @Test
  void runOnAMutant_saysSo() throws Exception {
    String mutant = "count-after-config-lock";
    Process process = start("traces", "-Dmutant=" + mutant);
    List<ProcessHandle> unused = awaitBegin(process);
    assertTrue(process.toHandle().destroy());
    String said = rest(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertTrue(summary().path("commit").asText().endsWith("-mutant-" + mutant), said);
    String page = Files.readString(target.resolve("verification/summary.md"));
    assertTrue(page.contains("mvn -B verify -Pverification -Dmutant=" + mutant), page);
  }

  @Test
  void killOfAPart_isAFailureOfItsLayer() throws Exception {
    Process process = start("simulation");
    List<ProcessHandle> workers = awaitBegin(process);
    assertTrue(workers.get(0).destroyForcibly());
    assertTrue(process.toHandle().destroy()); // the other parts need not run to their ends
    String unused = rest(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals("failed", summary().path("verdict").asText());
    try (Stream<Path> failures = Files.list(target.resolve("verification/failures"))) {
      String failure = Files.readString(failures.findFirst().orElseThrow());
      assertTrue(failure.contains("ended without results, exit=137"), failure);
    }
  }

  @Test
  void layerWithoutChecksInAShard_endsAtOnce() throws Exception {
    Process process = start("traces", "-Dshard=40/40"); // it has ten checks
    String said = rest(process);
    assertEquals(RunVerdict.PARTIAL.exitCode(), process.waitFor(), said);
    assertTrue(said.contains("[traces] passed: ran 0 of 0"), said);
    assertTrue(Files.exists(target.resolve("shards/40-of-40/results.json")), said);
  }

  @Test
  void killOfTheRun_endsItsParts() throws Exception {
    Process process = start("simulation");
    List<ProcessHandle> workers = awaitBegin(process);
    assertTrue(process.toHandle().destroyForcibly());
    for (ProcessHandle worker : workers) {
      ProcessHandle unused = worker.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void option_withoutMeaning_isRefused() throws Exception {
    for (String[] each :
        new String[][] {
          {"-Dseed=abc", "seed=abc, expected a whole number; 0 draws one"},
          {"-Dbudget=huge", "budget=huge, expected smoke, default or tough"},
          {"-Djobs=0", "jobs=0, expected 1 to"},
          {"-Djobs=two", "jobs=two, expected a whole number"},
          {"-Dshard=3/2", "shard=3/2, expected 1/n to n/n"},
          {"-Dshard=../../../../x", "shard=../../../../x, expected i/n"},
          {"-Donly=,", "only=[], there are [unit,"},
          {"-Dminutes=1", "minutes with only=[unit], which have nothing to do in a second round"},
          {"-Dminutes=0", "minutes=0, expected 1 to"},
          {"-Dminutes=-1", "minutes=-1, expected 1 to"},
          {"-Dminutes=99999999", "minutes=99999999, expected 1 to"},
          {"-Dpartial=no", "partial=no, expected ok"},
          {"-Dsince=--all", "since=--all, which git does not know"},
          {"-DkeepGoing=true", "keepGoing without minutes or patch, which it is for"},
          {"-Drace=DropVersusDrop", "race without the layer jcstress: [unit]"},
          {"-Dfailfast=yes", "failfast=yes, expected true or false"},
          {"-Dmutant=no-such", "no-such"},
          {"-Dpatch=no-such", "patch=no-such, there is no such file"},
          {"-Dsince=no-such", "since=no-such, which git does not know"},
          {"-Dreplay=no-such", "no-such, there is no such file"}
        }) {
      Process process = start("unit", each[0]);
      String said = rest(process);
      assertEquals(1, process.waitFor(), said);
      assertTrue(said.contains("refused: ") && said.contains(each[1]), said);
    }
    assertFalse(Files.exists(target.resolve("verification")));
    assertFalse(Files.exists(root.resolve("x")));
  }

  @Test
  void shardWithoutASeed_isRefused() throws Exception {
    Process process = start("unit", "-Dshard=1/2", "-Dseed=");
    String said = rest(process);
    assertEquals(1, process.waitFor(), said);
    assertTrue(said.contains("refused: shard=1/2 without seed: the shards of one run need"), said);
  }

  @Test
  void campaignThatWouldGetAnotherSeed_isRefused() throws Exception {
    Path folder = Files.createDirectories(target.resolve("campaign"));
    String commit = Environment.here(root).commit();
    new CampaignState(commit, Budget.TOUGH, "-Donly=simulation", 7, 0, false, List.of())
        .write(folder);
    String before = Files.readString(folder.resolve("campaign.json"));
    Process process = start("simulation", "-Dminutes=1");
    String said = rest(process);
    assertEquals(1, process.waitFor(), said);
    assertTrue(said.contains("refused: seed=1, but the campaign in " + folder), said);
    assertTrue(said.contains("has seed=7: resume it with that"), said);
    assertEquals(before, Files.readString(folder.resolve("campaign.json")));
  }

  @Test
  void optionsOfWhichOneWouldBeForgotten_areRefused() throws Exception {
    for (String[] each :
        new String[][] {
          {"-Dminutes=1", "-Dshard=1/2", "minutes and shard"},
          {"-Dminutes=1", "-Dsince=HEAD", "minutes and since"},
          {"-Dpatch=a.diff", "-Dmutant=no-such", "patch and mutant"},
          {"-Dmerge=docs", "-Dshard=1/2", "merge and shard"},
          {"-Dmerge=docs", "-Dreplay=docs/limits.md", "replay and merge"}
        }) {
      Process process = start("unit", each[0], each[1]);
      String said = rest(process);
      assertEquals(1, process.waitFor(), said);
      assertTrue(said.contains("refused: " + each[2] + " do not go together"), said);
    }
  }

  @Test
  void patchThatBreaksSomething_isSeen_byTheNearestChecksFirst() throws Exception {
    Path patch = patch("SafeId", "length < MIN_LENGTH", "length < 1");
    Process process = start("unit", "-Dbudget=smoke", "-Dpatch=" + patch);
    String said = rest(process);
    assertEquals(0, process.waitFor(), said);
    String last = said.strip().lines().reduce("", (before, line) -> line);
    assertTrue(last.startsWith("seen: layer unit, check "), said);
    JsonNode seen = summary().path("patch");
    assertEquals("seen", seen.path("result").asText(), said);
    assertTrue(last.contains(seen.path("check").asText()), last);
  }

  @Test
  void patchThatCannotBeTried_saysWhy() throws Exception {
    Path broken = patch("SafeId", "length < MIN_LENGTH", "length < NO_SUCH");
    assertCannotRun(broken, "it does not compile: ");
    Path other = root.resolve("other.diff");
    Files.writeString(other, Files.readString(broken).replace("int length", "long length"));
    assertCannotRun(other, "it does not apply: ");
    Files.writeString(other, "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-a\n+b\n");
    assertCannotRun(other, "it changes README.md, which is not below impl/src/main/java");
    Files.writeString(other, "nothing");
    assertCannotRun(other, "it changes no file");
  }

  private void assertCannotRun(Path patch, String why) throws Exception {
    Process process = start("unit", "-Dpatch=" + patch);
    String said = rest(process);
    assertEquals(1, process.waitFor(), said);
    assertTrue(said.contains("cannot-run: " + why), said);
    assertEquals("cannot-run", summary().path("patch").path("result").asText(), said);
  }

  /** A patch of a class in the package of the config. */
  private Path patch(String type, String before, String after) throws IOException {
    String name = "impl/src/main/java/io/github/datastorelookup/config/" + type + ".java";
    List<String> old = Files.readAllLines(root.resolve(name));
    List<String> changed = old.stream().map(line -> line.replace(before, after)).toList();
    assertFalse(changed.equals(old), before);
    Path file = root.resolve(type + ".diff");
    return Files.write(
        file,
        UnifiedDiffUtils.generateUnifiedDiff(
            "a/" + name, "b/" + name, old, DiffUtils.diff(old, changed), 3));
  }

  @Test
  void verdict_namesItsBuild_andNoneBefore() throws Exception {
    Path verdicts = target.resolve("verdict");
    for (String build : new String[] {"one", "two"}) {
      Process process = start("traces", "-Dreplay=no-such", "-Dbuild=" + build);
      String said = rest(process);
      assertEquals(1, process.waitFor(), said);
      assertTrue(Files.exists(verdicts.resolve("of-" + build)), said);
    }
    assertFalse(Files.exists(verdicts.resolve("of-one")));
  }

  @Test
  void killOfMaven_endsTheRun_whichIsPartial() throws Exception {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" & wait", "sh"));
    shell.addAll(command("simulation", "-Dbuild=then"));
    Process maven = new ProcessBuilder(shell).redirectErrorStream(true).start();
    List<ProcessHandle> all = awaitBegin(maven);
    assertTrue(maven.toHandle().destroyForcibly());
    for (ProcessHandle each : all) {
      ProcessHandle unused = each.onExit().get(90, TimeUnit.SECONDS);
    }
    assertEquals("partial", summary().path("verdict").asText());
    assertTrue(Files.exists(target.resolve("verdict/of-then")));
  }

  @Test
  void unknownLayer_isRefusedWithTheNamesThereAre_andTouchesNothing() throws Exception {
    Path before = Files.createDirectories(target.resolve("verification")).resolve("summary.json");
    Files.writeString(before, "of the run before");
    Process process = start("simulatoin");
    String said = rest(process);
    assertEquals(1, process.waitFor());
    assertTrue(
        said.contains("refused: only=[simulatoin], there are [unit, properties, simulation,"),
        said);
    assertEquals("of the run before", Files.readString(before));
    assertTrue(Files.exists(target.resolve("verdict/failed")));
  }

  /** Waits until the layer runs in its JVMs. */
  private static List<ProcessHandle> awaitBegin(Process process) throws IOException {
    StringBuilder said = new StringBuilder();
    InputStream in = process.getInputStream();
    while (!said.toString().contains(": begins, planned")) {
      int next = in.read();
      assertTrue(next >= 0, said::toString);
      said.append((char) next);
    }
    List<ProcessHandle> workers =
        process.descendants().filter(each -> each.info().command().isPresent()).toList();
    assertFalse(workers.isEmpty(), said::toString);
    return workers;
  }

  /** Reads on to the end, or the pipe would be full. */
  private static String rest(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(target.resolve("verification/summary.json").toFile());
  }

  private Process start(String only, String... properties) throws IOException {
    return new ProcessBuilder(command(only, properties)).redirectErrorStream(true).start();
  }

  private List<String> command(String only, String... properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dbudget=tough", "-Dseed=1", "-Donly=" + only));
    command.addAll(List.of(properties));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Verification.class.getName(), root.toString()));
    return command;
  }
}
