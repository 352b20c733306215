package io.github.datastorelookup.verification.docs;

import io.github.datastorelookup.verification.tests.CheckClass;
import io.github.datastorelookup.verification.tests.CheckId;
import io.github.datastorelookup.verification.tests.CheckScan;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A check and what it says of itself.
 *
 * @param name the class and the method
 * @param source its file, from the folder of the parent pom
 * @param tags the tags of the method
 */
record TaggedCheck(String name, String source, Set<String> tags) {
  private static final List<String> MODULES = List.of("impl", "property-tests", "stress-tests");

  /** Copies the tags. */
  TaggedCheck {
    tags = Set.copyOf(tags);
  }

  /** All that were compiled below this folder. */
  static List<TaggedCheck> compiled(Path root) throws IOException {
    List<TaggedCheck> checks = new ArrayList<>();
    ClassLoader loader = TaggedCheck.class.getClassLoader();
    for (String module : MODULES) {
      Path folder = root.resolve(module).resolve("target/test-classes");
      for (CheckClass each : CheckScan.folder(module, folder, loader)) {
        for (Method method : CheckScan.testables(each.type())) {
          checks.add(
              new TaggedCheck(
                  CheckId.of(each.type(), method).shortName(),
                  source(module, each.type()),
                  CheckScan.tags(method)));
        }
      }
    }
    return checks;
  }

  private static String source(String module, Class<?> type) {
    Class<?> outermost = type;
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      outermost = each;
    }
    return module + "/src/test/java/" + outermost.getName().replace('.', '/') + ".java";
  }
}
