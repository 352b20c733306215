package io.github.datastorelookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The public API is the one of {@code api.txt}: a change of it is a line in a diff. With {@code
 * -Dapi.write=true} the file is rewritten. See {@code docs/dependency.md}.
 */
@Tag("golden")
class ApiTest {
  private static final Path MODULE = Path.of("..", "impl/src/main/java/module-info.java");
  private static final Path WRITTEN = Path.of("..", "impl/src/test/resources/api.txt");
  private static final Pattern EXPORTS = Pattern.compile("(?m)^  exports (\\S+);$");

  @Test
  void api_isTheOneThatWasAgreedOn() throws IOException {
    String found = String.join("\n", api()) + "\n";
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(WRITTEN, found);
      return; // what is read below is the copy of the last build
    }
    try (InputStream agreed = ApiTest.class.getResourceAsStream("/api.txt")) {
      assertEquals(new String(agreed == null ? new byte[0] : agreed.readAllBytes(), UTF_8), found);
    }
  }

  /** What is package-private, or in a package that is not exported, is no API. */
  @Test
  void api_hasNothingOfInspectOrOfTheProtocol() throws IOException {
    for (String line : api()) {
      assertFalse(line.matches(".*(\\.inspect\\.|\\.Protocol\\b|\\.Slot\\b).*"), line);
    }
  }

  private static Set<String> api() throws IOException {
    Set<String> exported =
        EXPORTS
            .matcher(Files.readString(MODULE))
            .results()
            .map((MatchResult each) -> each.group(1))
            .collect(Collectors.toSet());
    Set<String> lines = new TreeSet<>();
    for (JavaClass each :
        new ClassFileImporter()
            .importUrl(
                DatastoreRegistry.class.getProtectionDomain().getCodeSource().getLocation())) {
      if (exported.contains(each.getPackageName()) && !each.isAnonymousClass()) {
        addIfVisible(each.reflect(), lines);
      }
    }
    return lines;
  }

  private static void addIfVisible(Class<?> type, Set<String> lines) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (!visible(each.getModifiers())) {
        return;
      }
    }
    String supers =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(parent -> parent.getTypeName())
            .filter(parent -> !parent.equals("java.lang.Object"))
            .collect(Collectors.joining(", "));
    lines.add(type.getName() + " = " + type.toGenericString() + " : " + supers);
    Stream.of(
            Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> visible(each.getModifiers()))
                .map(Constructor::toGenericString),
            Arrays.stream(type.getDeclaredMethods())
                .filter(each -> visible(each.getModifiers()) && !each.isSynthetic())
                .map(Method::toGenericString),
            Arrays.stream(type.getDeclaredFields())
                .filter(each -> visible(each.getModifiers()) && !each.isSynthetic())
                .map(Field::toGenericString))
        .flatMap(each -> each)
        .forEach(member -> lines.add(type.getName() + " > " + member));
  }

  private static boolean visible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
