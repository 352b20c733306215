package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.CheckDirectory;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.tests.CheckClass;
import io.github.datastorelookup.verification.tests.CheckScan;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All test classes of the three modules, each in its layer. */
final class Checks implements CheckDirectory {
  private static final List<String> MODULES = List.of("impl", "property-tests", "stress-tests");

  private final Map<TestLayerKind, List<CheckClass>> byLayer = new EnumMap<>(TestLayerKind.class);

  private Checks(List<CheckClass> classes) {
    for (TestLayerKind kind : TestLayerKind.values()) {
      byLayer.put(kind, new ArrayList<>());
    }
    classes.forEach(each -> of(TestLayerKind.of(each)).add(each));
  }

  /**
   * Finds them.
   *
   * @throws IllegalStateException when a class belongs to no layer or to several
   */
  static Checks scan(RunSettings settings) throws IOException {
    List<CheckClass> classes = new ArrayList<>();
    ClassLoader loader = Checks.class.getClassLoader();
    for (String module : MODULES) {
      classes.addAll(CheckScan.folder(module, settings.compiled(module, "test-classes"), loader));
    }
    return new Checks(classes);
  }

  List<CheckClass> of(TestLayerKind kind) {
    return byLayer.getOrDefault(kind, List.of());
  }

  /** How many checks say by a tag that they look at an invariant: by layer and invariant. */
  Map<String, Map<String, Integer>> namedInvariants() {
    Map<String, Map<String, Integer>> named = new TreeMap<>();
    byLayer.forEach(
        (kind, classes) ->
            classes.stream()
                .flatMap(each -> CheckScan.testables(each.type()).stream())
                .flatMap(method -> CheckScan.tags(method).stream())
                .filter(tag -> tag.startsWith("INV-"))
                .forEach(
                    tag -> {
                      Map<String, Integer> ofLayer =
                          named.computeIfAbsent(kind.layerName(), key -> new TreeMap<>());
                      int unused = ofLayer.merge(tag, 1, Integer::sum);
                    }));
    return named;
  }

  @Override
  public @Nullable String layerOf(CheckName check) {
    for (Map.Entry<TestLayerKind, List<CheckClass>> layer : byLayer.entrySet()) {
      boolean holds =
          layer.getValue().stream()
              .flatMap(each -> each.checks().stream())
              .anyMatch(
                  each ->
                      each.className().equals(check.className())
                          && each.method().equals(check.method()));
      if (holds) {
        return layer.getKey().layerName();
      }
    }
    return null;
  }
}
