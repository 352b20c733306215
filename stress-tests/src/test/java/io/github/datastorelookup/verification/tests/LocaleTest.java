package io.github.datastorelookup.verification.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.datastorelookup.verification.Repository;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts are the same in each locale: a number of an Arabic locale has other digits, and a Turkish
 * "i" has no dot once it is small. Messages, names of files and the inputs of tests have numbers in
 * them.
 */
@Tag("runner")
class LocaleTest {
  private static final String LOCALE = Locale.class.getName();

  private static final ArchRule NO_DEFAULT_LOCALE =
      noClasses()
          .that(describe("are written by people", (JavaClass type) -> !isGenerated(type)))
          .should()
          .callCodeUnitWhere(describe("it depends on the default locale", LocaleTest::isLocalized));

  private static boolean isGenerated(JavaClass type) {
    return type.getName().contains("_jcstress") || type.getName().contains("jmh_generated");
  }

  /** The JDK has the same call with a locale, or it is {@code formatted}, which takes none. */
  private static boolean isLocalized(JavaCall<?> call) {
    String from = call.getTargetOwner().getPackageName();
    if (!from.startsWith("java.") || from.startsWith("java.awt")) {
      return false;
    }
    Class<?> owner = call.getTargetOwner().reflect();
    if (owner == String.class && call.getName().equals("formatted")) {
      return true;
    }
    List<String> given =
        call.getTarget().getRawParameterTypes().stream().map(JavaClass::getName).toList();
    Stream<? extends Executable> all =
        call.getName().equals("<init>")
            ? Stream.of(owner.getConstructors())
            : Stream.of(owner.getMethods()).filter(it -> it.getName().equals(call.getName()));
    return all.anyMatch(it -> isWithLocale(it, given));
  }

  private static boolean isWithLocale(Executable other, List<String> given) {
    List<String> rest =
        new ArrayList<>(Stream.of(other.getParameterTypes()).map(Class::getName).toList());
    return rest.remove(LOCALE) && rest.equals(given);
  }

  @Test
  void ourClasses_andTheirTests_neverUseTheDefaultLocale() {
    List<Path> folders = new ArrayList<>();
    for (String module : List.of("impl", "property-tests", "stress-tests")) {
      folders.add(Repository.root().resolve(module).resolve("target/classes"));
      folders.add(Repository.root().resolve(module).resolve("target/test-classes"));
    }
    NO_DEFAULT_LOCALE.check(
        new ClassFileImporter()
            .importPaths(folders)
            .that(describe("the rule is for", type -> !OFFENDERS.contains(type.reflect()))));
  }

  @Test
  void rule_onClassesThatUseTheDefaultLocale_fails() {
    for (Class<?> each : OFFENDERS) {
      assertThrows(
          AssertionError.class,
          () -> NO_DEFAULT_LOCALE.check(new ClassFileImporter().importClasses(each)),
          each.getName());
    }
  }

  /** Each breaks the rule. */
  private static final List<Class<?>> OFFENDERS =
      List.of(
          Formats.class,
          IsFormatted.class,
          Prints.class,
          MakesSmall.class,
          WritesDates.class,
          HasAFormatter.class);

  private static final class Formats {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static String offend(int number) {
      return String.format("%d", number);
    }
  }

  private static final class IsFormatted {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static String offend(int number) {
      return "%d".formatted(number);
    }
  }

  private static final class Prints {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static void offend(int number) {
      System.out.printf("%d", number);
    }
  }

  private static final class MakesSmall {
    @SuppressWarnings({"UnusedMethod", "StringCaseLocaleUsage"}) // found by ArchUnit
    static String offend(String text) {
      return text.toLowerCase();
    }
  }

  private static final class WritesDates {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static DateTimeFormatter offend() {
      return DateTimeFormatter.ofPattern("d MMM");
    }
  }

  private static final class HasAFormatter {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static Formatter offend(StringBuilder out) {
      return new Formatter(out);
    }
  }
}
