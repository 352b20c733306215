package io.github.datastorelookup.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.checks.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run is divided among JVMs. */
@Tag("runner")
final class PartsTest {
  private static LayerPlan plan(String layer) {
    NavigableSet<String> checks = new TreeSet<>();
    for (int i = 0; i < 30; i++) {
      checks.add(layer + i);
    }
    return new LayerPlan(layer, checks, checks);
  }

  private static List<Part> parts(int jobs, List<LayerPlan> plans) throws IOException {
    return new Parts(Budget.SMOKE, jobs, Nearest.since("", Path.of(".")), false).of(plans);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64})
  void parts_haveEachCheckOnce_andTheRacesAlone(int jobs) throws IOException {
    List<LayerPlan> plans = Layers.NAMES.stream().map(PartsTest::plan).toList();
    List<Part> parts = parts(jobs, plans);
    for (LayerPlan plan : plans) {
      List<String> shared = new ArrayList<>();
      parts.stream()
          .filter(each -> each.layer().equals(plan.layer()))
          .forEach(each -> shared.addAll(each.plan().share()));
      assertEquals(plan.share().size(), shared.size(), plan.layer());
      assertEquals(plan.share(), new TreeSet<>(shared), plan.layer());
    }
    assertEquals(parts.size(), parts.stream().map(Part::name).distinct().count());
    assertEquals("jcstress", parts.get(parts.size() - 1).layer());
    assertEquals(1, parts.stream().filter(each -> each.layer().equals("jcstress")).count());
    assertTrue(parts.size() >= Math.min(jobs, plans.size()));
  }

  @Test
  void nearParts_areFirst_butForThoseThatNeedAQuietMachine(@TempDir Path root) throws IOException {
    Path tests = Files.createDirectories(root.resolve("impl/src/test/java"));
    for (String near : List.of("unit7", "unit8", "jcstress3", "exhaustive1")) {
      Path unused = Files.writeString(tests.resolve(near + ".java"), "W1");
    }
    Nearest nearest = Nearest.to(new TreeSet<>(Set.of("W1")), root);
    List<LayerPlan> plans =
        Stream.of("jcstress", "unit", "properties", "exhaustive").map(PartsTest::plan).toList();
    List<Part> parts = new Parts(Budget.SMOKE, 2, nearest, true).of(plans);
    assertEquals(
        Set.of(Set.of("unit7", "unit8"), Set.of("exhaustive1")),
        Set.of(parts.get(0).plan().share(), parts.get(1).plan().share()));
    List<Part> last = parts.subList(parts.size() - 2, parts.size());
    assertEquals(List.of("jcstress", "jcstress"), last.stream().map(Part::layer).toList());
    assertEquals(Set.of("jcstress3"), last.get(0).plan().share());
  }

  @Test
  void layerThatRunsAlone_isDividedAmongAllJobs() throws IOException {
    assertEquals(4, parts(4, List.of(plan("unit"))).size());
    assertEquals(1, parts(4, List.of(plan("jcstress"))).size());
  }

  @Test
  void layerThatFitsBesideTheOthers_staysInOnePart() throws IOException {
    List<Part> parts = parts(2, Layers.NAMES.stream().map(PartsTest::plan).toList());
    assertEquals(Layers.NAMES.size(), parts.size());
  }
}
