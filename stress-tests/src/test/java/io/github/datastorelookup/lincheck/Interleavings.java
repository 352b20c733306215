package io.github.datastorelookup.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.checks.InvariantViolation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * How Lincheck runs the library: what is one step, what is left out, how many orders are tried.
 *
 * <p>A thread may be left before every step on what threads or processes share: the config's bytes,
 * the generation, the words, locks, mutexes, maps, files. {@code docs/reference/lincheck.md} says
 * what is therefore seen and what is not.
 */
final class Interleavings {
  /** Orders of each race. */
  static final int PER_RACE =
      switch (Budget.current()) {
        case SMOKE -> 10;
        case DEFAULT -> 50;
        case TOUGH -> 1000;
      };

  /** Orders within which a wrong version has to be found; most are by the tenth. */
  static final int PER_CANARY = 1000;

  private static final Pattern VIOLATION =
      Pattern.compile(InvariantViolation.class.getSimpleName() + ": (INV-\\d+) broken: (.*)");
  private static final String ROOT = "io.github.datastorelookup.";

  private Interleavings() {}

  static void check(Class<?> test, ModelCheckingOptions options) {
    try {
      options
          .minimizeFailedScenario(false)
          .addGuarantee(forClasses(name -> name.startsWith(ROOT + "config.")).allMethods().ignore())
          .addGuarantee(forClasses(ROOT + "ConfigEdits").allMethods().ignore())
          .addGuarantee(forClasses(ROOT + "Headroom").allMethods().ignore()) // taken for a livelock
          .addGuarantee(forClasses(ROOT + "ConfigText").methods("digest", "parse").ignore())
          .addGuarantee(forClasses(ROOT + "races.Spin").allMethods().ignore())
          .addGuarantee(
              forClasses(name -> name.startsWith("java.lang.System$Logger")).allMethods().ignore())
          .addGuarantee(
              forClasses(name -> name.startsWith(ROOT + "lincheck."))
                  .methods("sample", "judgedAlone", "started", "seenAlone")
                  .ignore())
          .addGuarantee(
              forClasses(name -> name.startsWith(ConcurrentHashMap.class.getName()))
                  .allMethods()
                  .treatAsAtomic())
          .addGuarantee(
              forClasses(
                      name ->
                          name.startsWith(ROOT + "memory.")
                              || name.startsWith(ROOT + "posix.") // words, if they are mapped
                              || name.startsWith(ROOT + "races.MappedWords")
                              || (name.startsWith(ROOT + "jvm.") && !name.endsWith("JvmMutex")))
                  .allMethods()
                  .treatAsAtomic())
          .check(test);
    } catch (LincheckAssertionError report) {
      throw told(report);
    }
  }

  /** Lincheck's error has the oracle's exception as text only, and is also thrown for a hang. */
  private static AssertionError told(LincheckAssertionError report) {
    String story = String.valueOf(report.getMessage());
    Matcher oracle = VIOLATION.matcher(story);
    return oracle.find()
        ? new InvariantViolation(oracle.group(1), oracle.group(2)).after(story)
        : report;
  }
}
