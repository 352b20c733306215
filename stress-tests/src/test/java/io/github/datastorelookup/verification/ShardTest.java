package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.mutants.MutantLayer;
import io.github.datastorelookup.verification.tests.TestLayer;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which checks fall to which part of a run. */
@Tag("runner")
class ShardTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 40})
  void shards_ofEveryLayer_haveEachCheckOnce(int count) throws Exception {
    RunSettings settings = new RunSettings(Repository.root(), Budget.DEFAULT, 1);
    for (Layer layer : layers(settings)) {
      NavigableSet<String> all = layer.plan();
      List<String> shared = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        shared.addAll(new Shard(i, count).of(all));
      }
      assertFalse(all.isEmpty(), layer.name());
      assertEquals(all.size(), shared.size(), layer.name());
      assertEquals(all, new TreeSet<>(shared), layer.name());
    }
  }

  private static List<Layer> layers(RunSettings settings) throws Exception {
    Checks checks = Checks.scan(settings);
    List<Layer> layers = new ArrayList<>();
    for (TestLayerKind kind : TestLayerKind.values()) {
      layers.add(new TestLayer(kind, checks.of(kind), settings));
    }
    layers.add(new MutantLayer(settings, checks, check -> false));
    return layers;
  }

  @Test
  void layer_withoutChecks_isNotPlanned() {
    RunSettings settings = new RunSettings(Repository.root(), Budget.SMOKE, 1);
    Layer none = new TestLayer(TestLayerKind.UNIT, List.of(), settings);
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> LayerPlan.of(none, Shard.WHOLE));
    assertEquals("layer=unit has no checks: it proves nothing", thrown.getMessage());
  }

  @Test
  void shares_differByOneAtMost() {
    NavigableSet<String> plan = new TreeSet<>(List.of("a", "b", "c", "d", "e"));
    assertEquals(new TreeSet<>(List.of("a", "d")), new Shard(1, 3).of(plan));
    assertEquals(new TreeSet<>(List.of("b", "e")), new Shard(2, 3).of(plan));
    assertEquals(new TreeSet<>(List.of("c")), new Shard(3, 3).of(plan));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0/2", "3/2", "a/b", "1/2/3", "-1/2", "1/0", "99999/100000"})
  void text_thatIsNoShard_isRefused(String text) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Shard.parse(text));
    assertTrue(String.valueOf(thrown.getMessage()).startsWith("shard=" + text), thrown.toString());
  }

  @Test
  void text_ofAShard_isRead() {
    assertEquals(new Shard(2, 5), Shard.parse("2/5"));
    assertEquals("2/5", new Shard(2, 5).toString());
  }
}
