package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.tests.CheckReport;
import io.github.datastorelookup.verification.tests.CheckReport.Case;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult.Status;

/**
 * The verdict of a check on a copy of the library.
 *
 * @param kind the kind of verdict
 * @param invariants the invariants that were broken, when {@code VIOLATED}
 * @param byAssertion whether one of the library's own assertions saw one of them
 * @param message one line
 * @param details traces; may be empty
 */
record Verdict(
    Kind kind, Set<String> invariants, boolean byAssertion, String message, String details) {
  private static final Pattern ASSERTION =
      Pattern.compile("(INV-(?:[1-9]|1[0-4])): .*", Pattern.DOTALL);

  /** The three things that a check can say. */
  enum Kind {
    /** It held. */
    PASSED,
    /** The oracle, or a test that is tagged with them, saw invariants broken. */
    VIOLATED,
    /** Anything else: nothing ran, it did not end, it failed without the oracle. */
    BROKEN
  }

  /** Reads a report. */
  static Verdict of(CheckReport report) {
    if (!report.problems().isEmpty()) {
      CheckReport.Problem first = report.problems().get(0);
      return broken("container or discovery failed: " + first.where(), first.thrown());
    }
    if (!report.skips().isEmpty()) {
      return broken("the check was skipped: " + report.skips().get(0).reason(), "");
    }
    if (report.cases().isEmpty()) {
      return broken("zero tests found", "");
    }
    return ofCases(report);
  }

  static Verdict broken(String message, String details) {
    return new Verdict(Kind.BROKEN, Set.of(), false, message, details);
  }

  static Verdict broken(String message, Throwable thrown) {
    return broken(message + ": " + thrown, Failure.trace(thrown));
  }

  private static Verdict ofCases(CheckReport report) {
    Set<String> invariants = new TreeSet<>();
    boolean byAssertion = false;
    Verdict other = null;
    StringBuilder details = new StringBuilder();
    for (Case each : report.cases()) {
      Throwable thrown = each.reason();
      if (each.status() == Status.ABORTED) {
        other = broken("the check was aborted", thrown);
      } else if (each.status() == Status.FAILED) {
        Set<String> seen = violated(thrown);
        Set<String> asserted = asserted(thrown);
        byAssertion |= !asserted.isEmpty();
        seen.addAll(asserted);
        if (seen.isEmpty() && isAssertion(thrown)) {
          seen = each.invariants();
        }
        invariants.addAll(seen);
        details.append(each.said()).append(Failure.trace(thrown));
        other = seen.isEmpty() ? broken("it failed, but not by the oracle", thrown) : other;
      }
    }
    if (!invariants.isEmpty()) {
      return new Verdict(
          Kind.VIOLATED, invariants, byAssertion, "broken: " + invariants, details.toString());
    }
    return other != null ? other : new Verdict(Kind.PASSED, Set.of(), false, "it held", "");
  }

  /** Whether a test found something else than it expects; any other exception is an accident. */
  private static boolean isAssertion(Throwable thrown) {
    return thrown instanceof AssertionError || thrown instanceof ConditionTimeoutException;
  }

  /**
   * The invariants of all violations below this exception. By class name, as each copy has classes
   * of its own.
   */
  private static Set<String> violated(Throwable top) {
    return invariants(
        top,
        each ->
            each.getClass().getName().equals(InvariantViolation.class.getName())
                ? invariantOf(each)
                : null);
  }

  /** The invariants that assertions of the library name, of all those below this exception. */
  private static Set<String> asserted(Throwable top) {
    return invariants(
        top,
        each -> {
          Matcher message = ASSERTION.matcher(String.valueOf(each.getMessage()));
          return each.getClass() == AssertionError.class && message.matches()
              ? message.group(1)
              : null;
        });
  }

  /** Causes and suppressed exceptions are asked too, as engines wrap. */
  private static Set<String> invariants(
      Throwable top, Function<Throwable, @Nullable String> invariant) {
    Set<String> invariants = new TreeSet<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(top);
    while (!open.isEmpty()) {
      Throwable each = open.remove();
      if (seen.add(each)) {
        String found = invariant.apply(each);
        if (found != null) {
          invariants.add(found);
        }
        Collections.addAll(open, each.getSuppressed());
        if (each.getCause() != null) {
          open.add(each.getCause());
        }
      }
    }
    return invariants;
  }

  private static String invariantOf(Throwable violation) {
    try {
      return String.valueOf(violation.getClass().getMethod("invariant").invoke(violation));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a violation without its invariant", e);
    }
  }
}
