package io.github.datastorelookup;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Time, files, locks and threads come in through ports only. */
class ArchitectureTest {
  private static final String BASE = "io.github.datastorelookup";

  /**
   * From where the library is, as a class path may hold other modules' classes of these packages.
   */
  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .importUrl(DatastoreRegistry.class.getProtectionDomain().getCodeSource().getLocation());

  /** The implementations of the ports. */
  private static final String[] ADAPTERS = {BASE + ".jvm..", BASE + ".memory..", BASE + ".posix.."};

  private static final List<String> OUTSIDE =
      List.of(
          "java.io.File",
          "java.io.RandomAccessFile",
          "java.nio.channels.",
          "java.nio.file.Files",
          "java.lang.Thread",
          "java.util.Timer",
          "java.util.concurrent.Executor",
          "java.util.concurrent.atomic.",
          "java.util.concurrent.locks.",
          "java.time.Clock",
          "java.time.Instant");

  /** Decides nothing, so no simulator has to schedule there. */
  private static final String STATISTICS_ONLY = "java.util.concurrent.atomic.LongAdder";

  /** The classes of other packages that {@code inspect} may use. */
  private static final Set<String> LOOKING =
      Set.of(
          "FileIdentity",
          "FilesView",
          "JvmSync",
          "JvmTicker",
          "LedgerView",
          "LockTable",
          "MountTable",
          "OperationWord",
          "PageView",
          "ReadLock",
          "Reasons",
          "Sync",
          "Status", // of a mount
          "Ticker");

  private static final Set<String> TIME = Set.of("nanoTime", "currentTimeMillis");

  private static final List<String> DATES =
      List.of(
          "java.time.Clock",
          "java.time.Instant",
          "java.time.Local",
          "java.time.Offset",
          "java.time.Year",
          "java.time.Zone",
          "java.util.Date",
          "java.util.Calendar");

  private static final ArchRule NOTHING_FROM_OUTSIDE =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS)
          .should()
          .dependOnClassesThat(
              describe(
                  "files, locks, threads or clocks",
                  (JavaClass c) ->
                      OUTSIDE.stream().anyMatch(c.getName()::startsWith)
                          && !c.getName().equals(STATISTICS_ONLY)));

  private static final ArchRule NO_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS)
          .should()
          .callMethodWhere(
              describe(
                  "the time is asked",
                  (JavaMethodCall call) ->
                      call.getTargetOwner().isEquivalentTo(System.class)
                          && TIME.contains(call.getName())));

  @Test
  void library_exceptForAdapters_touchesNoFilesLocksThreadsOrClocks() {
    NOTHING_FROM_OUTSIDE.check(LIBRARY);
  }

  @Test
  void library_exceptForAdapters_asksForNoTime() {
    NO_TIME.check(LIBRARY);
  }

  /** Adapters included: no step of the wall clock can do anything. */
  private static final ArchRule NO_WALL_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat(
              describe(
                  "dates and wall clocks",
                  (JavaClass c) -> DATES.stream().anyMatch(c.getName()::startsWith)));

  @Test
  void library_withItsAdapters_neverAsksTheWallClock() {
    NO_WALL_CLOCK.check(LIBRARY);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(LIBRARY);
  }

  /** The protocol is one room: whatever serves it does not call back, not even in a circle. */
  private static final ArchRule CLASSES_HAVE_NO_CYCLES =
      slices().assignedFrom(new OutermostClasses()).should().beFreeOfCycles();

  @Test
  void classesAroundTheProtocol_haveNoCycles() {
    CLASSES_HAVE_NO_CYCLES.check(LIBRARY);
  }

  /** Each outermost class of the library's first package is a slice of its own. */
  private static final class OutermostClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().equals(BASE) && !type.getSimpleName().equals("package-info")
          ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "outermost classes";
    }
  }

  @Test
  void config_dependsOnNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".config..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.and(
                JavaClass.Predicates.resideInAPackage(BASE + ".."),
                JavaClass.Predicates.resideOutsideOfPackage(BASE + ".config..")))
        .check(LIBRARY);
  }

  /**
   * What a thread gets from another through a race is complete, on weak memory too: no hardware of
   * today's runs would show that it is not.
   */
  private static final ArchRule PUBLISHED_IS_COMPLETE =
      fields()
          .that()
          .areDeclaredInClassesThat(
              describe(
                  "threads get from each other",
                  (JavaClass c) ->
                      (c.getPackageName().equals(BASE) && !c.getSimpleName().equals("Builder"))
                          || c.getSimpleName().matches("DatastoreConfig|DatastoreSection")))
          .should()
          .beFinal()
          .orShould()
          .haveModifier(JavaModifier.VOLATILE);

  @Test
  void publishedObjects_haveFinalOrVolatileFieldsOnly() {
    PUBLISHED_IS_COMPLETE.check(LIBRARY);
  }

  /** What only looks can only be sure to change nothing if it cannot reach what changes. */
  private static final ArchRule INSPECT_ONLY_LOOKS =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".inspect..")
          .should()
          .dependOnClassesThat(
              describe(
                  "can change what processes share",
                  (JavaClass c) ->
                      c.getName().startsWith(BASE)
                          && !c.getPackageName().startsWith(BASE + ".inspect")
                          && !c.getPackageName().startsWith(BASE + ".config")
                          && !LOOKING.contains(c.getSimpleName())));

  @Test
  void inspect_reachesNothingThatChangesFiles() {
    INSPECT_ONLY_LOOKS.check(LIBRARY);
  }

  @Test
  void library_exceptForInspect_doesNotUseIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".inspect..")
        .should()
        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(BASE + ".inspect.."))
        .check(LIBRARY);
  }

  /** The rules can fail: the adapters, without their exemption, break both. */
  @Test
  void rules_onAClassThatUsesFilesAndTime_fail() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    assertThrows(AssertionError.class, () -> NOTHING_FROM_OUTSIDE.check(offender));
    assertThrows(AssertionError.class, () -> NO_TIME.check(offender));
    assertThrows(AssertionError.class, () -> PUBLISHED_IS_COMPLETE.check(offender));
    JavaClasses circle = new ClassFileImporter().importClasses(CallsBack.class, getClass());
    assertThrows(AssertionError.class, () -> CLASSES_HAVE_NO_CYCLES.check(circle));
    for (Class<?> each : List.of(AsksSystem.class, AsksInstant.class, AsksDate.class)) {
      JavaClasses one = new ClassFileImporter().importClasses(each);
      assertThrows(AssertionError.class, () -> NO_WALL_CLOCK.check(one), each.getName());
    }
  }

  /** Does what only adapters may do. */
  private static final class Offender {
    @SuppressWarnings("UnusedVariable") // found by ArchUnit
    private int notFinal;

    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static boolean offend() {
      return new java.io.File("x").exists() && System.nanoTime() > 0;
    }
  }

  private static final class AsksSystem {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static long offend() {
      return System.currentTimeMillis();
    }
  }

  private static final class AsksInstant {
    @SuppressWarnings("UnusedMethod") // found by ArchUnit
    static Object offend() {
      return java.time.Instant.now();
    }
  }

  private static final class AsksDate {
    @SuppressWarnings({"UnusedMethod", "JavaUtilDate"}) // found by ArchUnit
    static Object offend() {
      return new java.util.Date();
    }
  }
}

/** Uses the class that uses it. */
final class CallsBack {
  @SuppressWarnings("UnusedMethod") // found by ArchUnit
  static Class<?> callBack() {
    return ArchitectureTest.class;
  }
}
