package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.mutants.Mutant;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import io.github.datastorelookup.verification.races.RaceGrade;
import io.github.datastorelookup.verification.races.RaceGrade.Row;
import io.github.datastorelookup.verification.tests.TestLayers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.annotations.Expect;

/** Shards of a run, one after the other, are put together to what one run finds. */
@Tag("runner")
class MergeTest {
  private static final Environment HERE = new Environment("a cpu", 2, "17", "Linux", "abc", "then");

  private final Path folder;

  MergeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A run of real checks, with a mutant and a race that were tried by this shard only. */
  private RunResults run(Shard shard) throws Exception {
    Layer layer = TestLayers.ofFixtures(new RunSettings(folder, Budget.SMOKE, 7, shard));
    LayerPlan plan = LayerPlan.of(layer, shard);
    LayerResult result = plan.run(layer, TestLayers.progress());
    String id = "tried-by-" + shard.index();
    Mutant mutant =
        new Mutant(
            id, "s", "L2", "INV-3", "unit", List.of(new CheckName("unit", "A", "b")), List.of());
    RaceGrade race =
        new RaceGrade(
            "io.github.datastorelookup.races.Race" + shard.index(),
            10,
            List.of(new Row("1, 1", Expect.ACCEPTABLE, "both", 10)),
            true,
            "",
            "");
    return new RunResults(
        shard,
        Budget.SMOKE,
        7,
        HERE,
        1,
        List.of(plan),
        List.of(result),
        List.of(new MutantResult(mutant, Fate.KILLED, "A#b", 0.25, "broken", "")),
        Map.of("mapped", List.of(race)),
        Map.of("unit", Map.of("INV-3", 2)));
  }

  private List<RunResults> runs(int count) throws Exception {
    List<RunResults> runs = new ArrayList<>();
    for (int i = count; i >= 1; i--) { // in whatever order they come
      runs.add(run(new Shard(i, count)));
    }
    return runs;
  }

  private static List<String> checks(LayerResult layer) {
    return layer.checks().stream().map(each -> each.group() + each.name()).sorted().toList();
  }

  @Test
  void shards_runOneAfterTheOther_areTheWholeRun() throws Exception {
    LayerResult whole = run(Shard.WHOLE).layers().get(0);
    for (int count : Set.of(2, 3, 9)) {
      RunResults merged = Merge.join(runs(count));
      LayerResult layer = merged.layers().get(0);
      assertAll(
          () -> assertTrue(layer.held(), layer.failures().toString()),
          () -> assertEquals(checks(whole), checks(layer)),
          () -> assertEquals(whole.planned(), layer.planned()),
          () -> assertEquals(whole.ran(), layer.ran()),
          () -> assertEquals(count, merged.mutants().size()),
          () -> assertEquals(count, merged.races().getOrDefault("mapped", List.of()).size()),
          () -> assertFalse(merged.shard().sharedOut()));
    }
  }

  @Test
  void files_ofShards_areReadAndPutTogether() throws Exception {
    Path shards = folder.resolve("shards");
    for (RunResults each : runs(2)) {
      Path own = Files.createDirectories(shards.resolve("" + each.shard().index()));
      Path stories = Files.createDirectories(own.resolve("counterexamples"));
      Path unused = Files.writeString(stories.resolve(each.shard().index() + ".txt"), "story");
      each.write(own);
      assertEquals(each, RunResults.read(own));
    }
    Path root = copyOfTheDocs();
    assertTrue(merge(root, shards).contains("verdict: passed"));
    Path output = root.resolve("stress-tests/target/verification");
    try (var files = Files.walk(output)) {
      assertEquals(
          Set.of(
              "index.html",
              "summary.json",
              "summary.md",
              "results.json",
              "races.md",
              "junit/TEST-unit.xml",
              "counterexamples/1.txt",
              "counterexamples/2.txt"),
          files
              .filter(Files::isRegularFile)
              .map(each -> output.relativize(each).toString())
              .collect(Collectors.toSet()));
    }
  }

  /** The page reads the protocol. */
  private Path copyOfTheDocs() throws IOException {
    Path root = folder.resolve("root");
    Path docs = Files.createDirectories(root.resolve("docs"));
    Path unused =
        Files.copy(Repository.root().resolve("docs/protocol.md"), docs.resolve("protocol.md"));
    return root;
  }

  private static String merge(Path root, Path shards) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    RunVerdict verdict = ShardFolders.merge(root, shards, terminal);
    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(verdict == RunVerdict.PASSED, text.contains("verdict: passed"), text);
    return text;
  }

  @Test
  void folder_thatIsOfNoShard_isNamed() throws IOException {
    Path shards = folder.resolve("shards");
    Path unused = Files.createDirectories(shards.resolve("empty"));
    assertTrue(merge(folder, shards).contains("is refused: folder=empty is of no shard"));
    assertTrue(merge(folder, folder.resolve("none")).contains("there is no such folder"));
  }

  @Test
  void failure_ofAShard_failsTheRun() throws Exception {
    List<RunResults> runs = runs(2);
    LayerResult failed =
        LayerResult.failed("unit", new Failure("A#b", "broken", "", "mvn -Dshard=1/2"));
    runs.set(1, with(runs.get(1), List.of(), List.of(failed)));
    LayerResult layer = Merge.join(runs).layers().get(0);
    assertFalse(layer.held());
    assertEquals(failed.failures(), layer.failures());
  }

  @Test
  void shard_thatIsMissing_isNamed() throws Exception {
    List<RunResults> runs = runs(3);
    runs.remove(1);
    assertRefused("shard=2/3 is missing", runs);
    assertRefused("there is no shard", List.of());
  }

  @Test
  void shard_thatIsThereTwice_isNamed() throws Exception {
    List<RunResults> runs = runs(2);
    runs.add(runs.get(0));
    assertRefused("shard=2/2 is there 2 times", runs);
  }

  @Test
  void shards_ofDifferentRuns_areRefused() throws Exception {
    assertRefused(
        "count=3, but shard=1/2 count=2", List.of(run(new Shard(1, 2)), run(new Shard(2, 3))));
    List<RunResults> runs = runs(2);
    RunResults two = runs.get(0);
    Environment there = new Environment("a cpu", 2, "17", "Linux", "def", "then");
    runs.set(0, in(two, 8, HERE));
    assertRefused("shard=2/2 seed=8, but shard=1/2 seed=7", runs);
    runs.set(0, in(two, 7, there));
    assertRefused("shard=2/2 commit=def, but shard=1/2 commit=abc", runs);
    runs.set(0, with(two, two.plans(), List.of()));
    assertRefused("layers=[]", runs);
  }

  @Test
  void check_thatNoShardRan_isNamed() throws Exception {
    assertRefused("layer=unit no shard ran [", changed(2, plan -> less(plan)));
  }

  @Test
  void check_thatTwoShardsRan_isNamed() throws Exception {
    assertRefused(
        ", which another one ran too",
        changed(2, plan -> new LayerPlan(plan.layer(), plan.all(), plan.all())));
  }

  @Test
  void shard_thatHasOtherChecks_isNamed() throws Exception {
    assertRefused(
        "shard=2/2 layer=unit has other checks than shard=1/2: [zzz]",
        changed(
            2,
            plan -> {
              TreeSet<String> more = new TreeSet<>(plan.all());
              more.add("zzz");
              return new LayerPlan(plan.layer(), more, plan.share());
            }));
  }

  @Test
  void shard_withoutAPlan_isNamed() throws Exception {
    List<RunResults> runs = runs(2);
    runs.set(0, with(runs.get(0), List.of(), runs.get(0).layers()));
    assertRefused("shard=2/2 layer=unit has no plan", runs);
  }

  private static LayerPlan less(LayerPlan plan) {
    TreeSet<String> share = new TreeSet<>(plan.share());
    share.pollFirst();
    return new LayerPlan(plan.layer(), plan.all(), share);
  }

  /** So many shards, the last one with another plan. */
  private List<RunResults> changed(int count, UnaryOperator<LayerPlan> change) throws Exception {
    List<RunResults> runs = runs(count);
    RunResults last = runs.get(0);
    runs.set(0, with(last, List.of(change.apply(last.plans().get(0))), last.layers()));
    return runs;
  }

  private static RunResults with(RunResults run, List<LayerPlan> plans, List<LayerResult> layers) {
    return new RunResults(
        run.shard(),
        run.budget(),
        run.seed(),
        run.environment(),
        run.seconds(),
        plans,
        layers,
        run.mutants(),
        run.races(),
        run.namedInvariants());
  }

  private static RunResults in(RunResults run, long seed, Environment environment) {
    return new RunResults(
        run.shard(),
        run.budget(),
        seed,
        environment,
        run.seconds(),
        run.plans(),
        run.layers(),
        run.mutants(),
        run.races(),
        run.namedInvariants());
  }

  private static void assertRefused(String why, List<RunResults> runs) {
    MergeException thrown = assertThrows(MergeException.class, () -> Merge.join(runs));
    assertTrue(String.valueOf(thrown.getMessage()).contains(why), thrown.getMessage());
  }
}
