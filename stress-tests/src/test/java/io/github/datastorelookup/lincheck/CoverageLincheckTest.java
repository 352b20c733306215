package io.github.datastorelookup.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.datastorelookup.races.CountVersusBump;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Which races are checked here: all but those that are about single accesses or about memory. */
@Tag("lincheck")
class CoverageLincheckTest {
  /** Bare accesses, mapped bytes, or an object that is published without order. */
  private static final Set<String> LEFT_OUT =
      Set.of("CountVersusBump", "CountVersusCount", "LedgerAppendVersusScan", "HandlePublication");

  @Test
  void races_ofJcstress_areCheckedHereOrLeftOutByName() {
    Set<String> all =
        imported(CountVersusBump.class).stream()
            .filter(race -> race.isAnnotatedWith(JCStressTest.class))
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> here = new TreeSet<>(LEFT_OUT);
    imported(CoverageLincheckTest.class).stream()
        .filter(test -> !test.isEquivalentTo(CoverageLincheckTest.class))
        .flatMap(test -> test.getDirectDependenciesFromSelf().stream())
        .map(Dependency::getTargetClass)
        .map(JavaClass::getSimpleName)
        .filter(all::contains)
        .forEach(here::add);
    assertEquals(all, here);
  }

  private static JavaClasses imported(Class<?> ofPackage) {
    return new ClassFileImporter().importPackages(ofPackage.getPackageName());
  }
}
