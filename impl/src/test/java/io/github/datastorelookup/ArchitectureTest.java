package io.github.datastorelookup;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.datastorelookup.posix.UnguardedAdapter;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
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
          "Ticker",
          "UseView");

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

  /** It throws what names no file when other code of this JVM has the lock. */
  private static final ArchRule NO_BARE_LOCK =
      noClasses()
          .that()
          .doNotHaveSimpleName("SharedFiles")
          .and()
          .doNotHaveSimpleName("PosixLockFile") // which has to know whose the other lock is
          .should()
          .callMethodWhere(
              describe(
                  "a file is locked by a range",
                  (JavaMethodCall call) ->
                      call.getTargetOwner().isAssignableTo(FileChannel.class)
                          && call.getName().matches("lock|tryLock")
                          && !call.getTarget().getRawParameterTypes().isEmpty()));

  @Test
  void adapters_lockRanges_byTheOneMethodThatKnowsWhatJavaThrows() {
    NO_BARE_LOCK.check(LIBRARY);
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

  /** How each class accesses what threads or processes share. Any other access breaks the rule. */
  private static final Map<String, String> ACCESSES =
      Map.ofEntries(
          Map.entry("Handle.drop", "compareAndSet"),
          Map.entry("HeapWord.compareAndSet", "compareAndSet"),
          Map.entry("HeapWord.get", "get"),
          Map.entry("HeapWord.getAndAdd", "getAndAdd"),
          Map.entry("JvmMutex.tryLock", "fullFence"),
          Map.entry("JvmMutex.unlock", "fullFence"),
          Map.entry("LedgerSegments.countAcquire", "getAcquire"),
          Map.entry("LedgerSegments.countRelease", "setRelease"),
          Map.entry("LedgerSegments.end", "getVolatile setVolatile"),
          Map.entry("MappedWord.compareAndSet", "compareAndSet"),
          Map.entry("MappedWord.get", "getVolatile"),
          Map.entry("MappedWord.getAndAdd", "getAndAdd"),
          Map.entry("MemoryConfigFile.read", "incrementAndGet"),
          Map.entry("MemoryHost.failSyncs", "set"),
          Map.entry("MemoryHost.replaceConfig", "getAndUpdate"),
          Map.entry("MemoryHost.start", "incrementAndGet"),
          Map.entry("MemoryLedger.close", "compareAndSet"),
          Map.entry("MemoryProcess.configReads", "get"));

  /** What is mapped, and the only methods that write it plainly: before it is published. */
  private static final Map<String, String> PLAIN_WRITES =
      Map.of(
          "LedgerSegments.writeEntry", "put putInt putLong",
          "LedgerSegments.writeHeader", "putInt putLong");

  /** Hardware with strong memory does not show that an access is too weak. */
  @Test
  @Tag("INV-3")
  @Tag("INV-5")
  @Tag("INV-6")
  @Tag("kills:mutex-released-without-a-fence")
  @Tag("kills:word-read-plainly")
  @Tag("kills:word-added-with-acquire")
  @Tag("kills:word-compared-weakly")
  @Tag("kills:handle-closed-weakly")
  @Tag("kills:entry-count-stored-plainly")
  @Tag("kills:entry-count-read-plainly")
  void accesses_areThoseOfTheTable() {
    assertEquals(
        ACCESSES,
        calls(
            LIBRARY,
            owner ->
                !owner.equals(STATISTICS_ONLY)
                    && (owner.startsWith("java.util.concurrent.atomic.")
                        || owner.equals(VarHandle.class.getName())),
            name -> true));
  }

  private static final Pattern ROW_OF_ORDERS =
      Pattern.compile("\\| `(\\w+\\.\\w+)` \\| `([\\w ]+)` \\| (\\w+) \\|");

  private static final Map<String, String> ORDERS =
      Map.of(
          "compareAndSet", "seq_cst",
          "fullFence", "seq_cst",
          "getAcquire", "acquire",
          "getAndAdd", "seq_cst",
          "getVolatile", "seq_cst",
          "setRelease", "release",
          "setVolatile", "seq_cst");

  /** The page from which ports take their orders. */
  @Test
  void accesses_haveTheOrdersOfThePage() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/reference"))) {
      root = Objects.requireNonNull(root.getParent(), "not inside the repository");
    }
    String page = Files.readString(root.resolve("docs/reference/memory-orders.md"));
    Map<String, String> told = new TreeMap<>();
    ROW_OF_ORDERS
        .matcher(page)
        .results()
        .forEach(
            row -> {
              told.put(row.group(1), row.group(2));
              for (String method : row.group(2).split(" ", -1)) {
                assertEquals(ORDERS.get(method), row.group(3), row.group());
              }
            });
    Map<String, String> shared = new TreeMap<>(ACCESSES);
    shared.keySet().removeIf(code -> code.startsWith("Heap") || code.startsWith("Memory"));
    assertEquals(shared, told);
  }

  @Test
  void plainWritesToMaps_areThoseBeforePublication() {
    assertEquals(
        PLAIN_WRITES,
        calls(
            LIBRARY.that(describe("map", c -> MAPS.contains(c.getSimpleName()))),
            owner -> owner.equals(ByteBuffer.class.getName()),
            name -> name.startsWith("put")));
  }

  private static final Set<String> MAPS =
      Set.of("LedgerSegments", "MappedWord", "PosixGenerations", "MappedGeneration", "OwnLedger");

  /** The names of such methods that each method calls. */
  private static Map<String, String> calls(
      JavaClasses classes, Predicate<String> owner, Predicate<String> name) {
    Map<String, NavigableSet<String>> found = new TreeMap<>();
    for (JavaClass type : classes) {
      for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
        if (owner.test(call.getTargetOwner().getName()) && name.test(call.getName())) {
          found
              .computeIfAbsent(
                  type.getSimpleName() + "." + call.getOrigin().getName(), key -> new TreeSet<>())
              .add(call.getName());
        }
      }
    }
    Map<String, String> joined = new TreeMap<>();
    found.forEach((method, names) -> joined.put(method, String.join(" ", names)));
    return joined;
  }

  /** Methods that lock another object than their own, or make an object that is not yet shared. */
  private static final Set<String> GUARDED_OTHERWISE =
      Set.of(
          "MemoryGuard.close", // the files' monitor
          "StoreGuard.close", // the chunk store's
          "RecordLocks.state", // package-private, for the files' methods
          "RecordLocks.tryLock",
          "RecordLocks.unlock",
          "OwnLedger.create", // factories
          "UseFile.open");

  private static final ArchRule MUTABLE_IS_GUARDED =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(ADAPTERS)
          .and()
          .areNotFinal()
          .and()
          .doNotHaveModifier(JavaModifier.VOLATILE)
          .should(
              new ArchCondition<JavaField>("be accessed with their object's monitor held only") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  field.getAccessesToSelf().stream()
                      .filter(access -> !isGuarded(access.getOrigin(), 0))
                      .forEach(
                          access ->
                              events.add(
                                  SimpleConditionEvent.violated(field, access.getDescription())));
                }
              });

  private static boolean isGuarded(JavaCodeUnit method, int depth) {
    String name = method.getOwner().getSimpleName() + "." + method.getName();
    return method.isConstructor()
        || method.getModifiers().contains(JavaModifier.SYNCHRONIZED)
        || GUARDED_OTHERWISE.contains(name)
        || (depth < 3
            && method.getModifiers().contains(JavaModifier.PRIVATE)
            && method.getCallsOfSelf().stream()
                .allMatch(call -> isGuarded(call.getOrigin(), depth + 1)));
  }

  @Test
  void fieldsOfAdapters_areFinalVolatileOrGuarded() {
    MUTABLE_IS_GUARDED.check(LIBRARY);
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
    assertThrows(AssertionError.class, () -> MUTABLE_IS_GUARDED.check(unguarded()));
    JavaClasses circle = new ClassFileImporter().importClasses(CallsBack.class, getClass());
    assertThrows(AssertionError.class, () -> CLASSES_HAVE_NO_CYCLES.check(circle));
    for (Class<?> each : List.of(AsksSystem.class, AsksInstant.class, AsksDate.class)) {
      JavaClasses one = new ClassFileImporter().importClasses(each);
      assertThrows(AssertionError.class, () -> NO_WALL_CLOCK.check(one), each.getName());
    }
  }

  /** An adapter's class, loaded from a package of that name. */
  private static JavaClasses unguarded() {
    return new ClassFileImporter().importClasses(UnguardedAdapter.class);
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
