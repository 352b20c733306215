package io.github.datastorelookup.verification.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.verification.LayerResult;
import io.github.datastorelookup.verification.Repository;
import io.github.datastorelookup.verification.RunSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A layer passes only if every planned check ran and held. */
@Tag("runner")
final class TestLayerTest {
  private static final RunSettings SETTINGS = new RunSettings(Repository.root(), Budget.SMOKE, 1);

  @Test
  void everyFormOfACheck_isPlannedAndRuns() {
    LayerResult result =
        run(
            TestLayers.checks(LayerFixtures.EveryForm.class),
            TestLayers.checks(LayerFixtures.EveryForm.Inside.class),
            TestLayers.checks(LayerFixtures.Properties.class),
            TestLayers.checks(LayerFixtures.Properties.Inside.class));
    assertAll(
        () -> assertTrue(result.held(), result.failures().toString()),
        () -> assertEquals(7, result.planned()),
        () -> assertEquals(7, result.ran()),
        () -> assertEquals(10, result.checks().size()));
  }

  @Test
  void checkThatDoesNotRun_failsTheLayer() {
    CheckClass found = TestLayers.checks(LayerFixtures.EveryForm.class);
    TreeSet<CheckId> more = new TreeSet<>(found.checks());
    more.add(new CheckId(LayerFixtures.EveryForm.class.getName(), "neverFound", ""));
    LayerResult result = run(new CheckClass("impl", found.type(), found.tags(), more));
    assertEquals(result.planned(), result.ran() + 1);
    assertFails("#neverFound planned, but it did not run", result);
  }

  @Test
  void checkThatNobodyPlanned_failsTheLayer() {
    CheckClass found = TestLayers.checks(LayerFixtures.EveryForm.class);
    TreeSet<CheckId> fewer = new TreeSet<>(found.checks());
    fewer.removeIf(check -> check.method().equals("plain"));
    LayerResult result = run(new CheckClass("impl", found.type(), found.tags(), fewer));
    assertFails("#plain it ran, but was not planned", result);
  }

  @Test
  void undeclaredSkip_failsTheLayer() {
    LayerResult result = run(TestLayers.checks(LayerFixtures.UndeclaredSkip.class));
    assertFails("#skipped skipped without declaring it: too slow", result);
  }

  @Test
  void undeclaredAssumption_failsTheLayer() {
    LayerResult result = run(TestLayers.checks(LayerFixtures.UndeclaredAssumption.class));
    assertFails("#assumes skipped without declaring it", result);
  }

  @Test
  void declaredSkip_isListed() {
    LayerResult result = run(TestLayers.checks(LayerFixtures.DeclaredSkip.class));
    assertAll(
        () -> assertTrue(result.held(), result.failures().toString()),
        () -> assertEquals(1, result.planned()),
        () -> assertEquals(2, result.notes().size(), result.notes().toString()),
        () -> assertEquals(List.of("2 checks skipped, as they declare"), result.scope().limits()));
  }

  @Test
  void failedContainer_failsTheLayer() {
    LayerResult result = run(TestLayers.checks(LayerFixtures.BrokenContainer.class));
    assertEquals(0, result.ran());
    assertFails("before all", result);
  }

  @Test
  void failedChecks_failTheLayer_withWhatTheySaid() {
    LayerResult result = run(TestLayers.checks(LayerFixtures.Failing.class));
    assertFails("as it must", result);
    assertEquals(2, result.failures().size());
    assertTrue(text(result).contains("Shrunk Sample"), text(result));
  }

  @Test
  void held_isWhatRanAndDidNotFail() {
    List<CheckClass> classes =
        List.of(
            TestLayers.checks(LayerFixtures.DeclaredSkip.class),
            TestLayers.checks(LayerFixtures.Failing.class));
    TestLayer layer = new TestLayer(TestLayerKind.UNIT, classes, SETTINGS);
    String skipping = LayerFixtures.DeclaredSkip.class.getName();
    assertEquals(List.of(), layer.held(), "before it ran");
    LayerResult unused = layer.run(layer.plan(), TestLayers.progress());
    assertEquals(List.of(skipping + "#runs"), layer.held());
  }

  @Test
  void sameSeed_drawsTheSame() {
    assertEquals(draws(), draws());
  }

  private static List<Integer> draws() {
    LayerFixtures.Properties.DRAWN.clear();
    run(
        TestLayers.checks(LayerFixtures.Properties.class),
        TestLayers.checks(LayerFixtures.Properties.Inside.class));
    return new ArrayList<>(LayerFixtures.Properties.DRAWN);
  }

  private static LayerResult run(CheckClass... classes) {
    TestLayer layer = new TestLayer(TestLayerKind.UNIT, Arrays.asList(classes), SETTINGS);
    return layer.run(layer.plan(), TestLayers.progress());
  }

  private static void assertFails(String why, LayerResult result) {
    assertFalse(result.held());
    assertTrue(text(result).contains(why), text(result));
  }

  private static String text(LayerResult result) {
    return result.failures().stream()
        .map(each -> each.check() + " " + each.message() + "\n" + each.details())
        .collect(Collectors.joining("\n"));
  }
}
