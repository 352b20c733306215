package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.mutants.CheckDirectory;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.tests.CheckClass;
import io.github.datastorelookup.verification.tests.CheckId;
import io.github.datastorelookup.verification.tests.CheckScan;
import io.github.datastorelookup.verification.tests.TestLayerKind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All test classes of the three modules, each in its layer. */
final class Checks implements CheckDirectory {
  private static final List<String> MODULES = List.of("impl", "property-tests", "stress-tests");

  /** The prefix of the tag that a check has for each mutant that it kills. */
  private static final String KILLS = "kills:";

  /** The tag of checks that compare with a golden file, and with nothing else. */
  private static final String GOLDEN = "golden";

  private final Map<TestLayerKind, List<CheckClass>> byLayer = new EnumMap<>(TestLayerKind.class);
  private final Map<String, List<CheckName>> killers;

  private Checks(List<CheckClass> classes) {
    for (TestLayerKind kind : TestLayerKind.values()) {
      byLayer.put(kind, new ArrayList<>());
    }
    classes.forEach(each -> of(TestLayerKind.of(each)).add(each));
    killers = killers();
  }

  /**
   * Finds all checks.
   *
   * @throws IllegalStateException when a class belongs to no layer or to several
   */
  static Checks scan(RunSettings settings) throws IOException {
    List<CheckClass> classes = new ArrayList<>();
    ClassLoader loader = Checks.class.getClassLoader();
    for (String module : MODULES) {
      classes.addAll(CheckScan.folder(module, settings.compiled(module, "test-classes"), loader));
    }
    // A change of the library changes what a golden file has, whether it is a mistake or not.
    classes.removeIf(each -> settings.isOfChangedLibrary() && each.tags().contains(GOLDEN));
    return new Checks(classes);
  }

  List<CheckClass> of(TestLayerKind kind) {
    return byLayer.getOrDefault(kind, List.of());
  }

  /** How many checks have the tag of an invariant, by layer and invariant. */
  Map<String, Map<String, Integer>> namedInvariants() {
    Map<String, Map<String, Integer>> named = new TreeMap<>();
    tagged(
        "INV-",
        (kind, check, number) -> {
          Map<String, Integer> ofLayer =
              named.computeIfAbsent(kind.layerName(), key -> new TreeMap<>());
          int unused = ofLayer.merge("INV-" + number, 1, Integer::sum);
        });
    return named;
  }

  @Override
  public List<CheckName> killersOf(String mutant) {
    return killers.getOrDefault(mutant, List.of());
  }

  @Override
  public Set<String> claimed() {
    return killers.keySet();
  }

  /** The killers of each mutant, by layer and in each layer by name. */
  private Map<String, List<CheckName>> killers() {
    Map<String, List<CheckName>> found = new TreeMap<>();
    tagged(
        KILLS,
        (kind, check, mutant) ->
            found
                .computeIfAbsent(mutant, key -> new ArrayList<>())
                .add(new CheckName(kind.layerName(), check.className(), check.method())));
    return found;
  }

  /** Takes a check of a layer, and the text behind a prefix in one of its tags. */
  private interface TagUser {
    void use(TestLayerKind layer, CheckId check, String value);
  }

  private void tagged(String prefix, TagUser user) {
    byLayer.forEach(
        (kind, classes) -> {
          for (CheckClass each : classes) {
            for (Method method : CheckScan.testables(each.type())) {
              for (String tag : CheckScan.tags(method)) {
                if (tag.startsWith(prefix)) {
                  user.use(kind, CheckId.of(each.type(), method), tag.substring(prefix.length()));
                }
              }
            }
          }
        });
  }
}
