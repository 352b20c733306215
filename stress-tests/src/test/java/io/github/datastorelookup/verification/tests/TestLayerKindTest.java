package io.github.datastorelookup.verification.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.verification.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A test class outside of all layers, or in two, would run never or twice. */
@Tag("runner")
final class TestLayerKindTest {
  @Test
  void eachClass_hasOneLayer() {
    assertEquals(TestLayerKind.UNIT, TestLayerKind.of(tagged("impl")));
    assertEquals(
        TestLayerKind.SIMULATION, TestLayerKind.of(tagged("property-tests", "simulation")));
    assertEquals(TestLayerKind.LINCHECK, TestLayerKind.of(tagged("stress-tests", "lincheck")));
  }

  @Test
  void classWithoutATag_isAnError() {
    assertThrows(
        IllegalStateException.class, () -> TestLayerKind.of(tagged("property-tests", "slow")));
  }

  @Test
  void classWithTwoTags_isAnError() {
    assertThrows(
        IllegalStateException.class,
        () -> TestLayerKind.of(tagged("stress-tests", "lincheck", "processes")));
  }

  @Test
  void scan_findsThisClass_andNoFixture() throws IOException {
    List<CheckClass> found =
        CheckScan.folder(
            "stress-tests",
            Repository.root().resolve("stress-tests/target/test-classes"),
            TestLayerKindTest.class.getClassLoader());
    assertTrue(found.stream().anyMatch(each -> each.type() == TestLayerKindTest.class));
    assertTrue(found.stream().noneMatch(each -> each.type().getName().contains("Fixture")));
  }

  private static CheckClass tagged(String module, String... tags) {
    return new CheckClass(module, TestLayerKindTest.class, Set.of(tags), new TreeSet<>());
  }
}
