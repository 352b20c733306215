package io.github.datastorelookup.verification.mutants;

import io.github.datastorelookup.verification.Failure;
import io.github.datastorelookup.verification.mutants.Mutant.CheckName;
import io.github.datastorelookup.verification.mutants.MutantResult.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries mutants, one after the other.
 *
 * <p>A kill counts only if a named check failed with a violation of the invariant that the header
 * names, <em>and</em> the same check holds on a copy without the mutant. Both copies are copied,
 * compiled, loaded and run the same way. Any other failure is an error of the run.
 */
final class MutantTrial {
  private final SourceTree original;
  private final Path folder;
  private final String classpath;
  private final CopyChecker checker;
  private final Predicate<CheckName> held;
  private final Map<CheckName, Verdict> onUnpatched = new HashMap<>();
  private @Nullable LibraryCopy unpatched;
  private int checksRun;

  /**
   * A trial.
   *
   * @param original the library's sources
   * @param folder where the copies go
   * @param classpath what the library is compiled against
   * @param checker runs the checks
   * @param held the checks that are known to hold on the unchanged library
   */
  MutantTrial(
      SourceTree original,
      Path folder,
      String classpath,
      CopyChecker checker,
      Predicate<CheckName> held) {
    this.original = original;
    this.folder = folder;
    this.classpath = classpath;
    this.checker = checker;
    this.held = held;
  }

  /** How many times a check was run on a copy. */
  int checksRun() {
    return checksRun;
  }

  /** Tries one. */
  MutantResult run(Mutant mutant) throws InterruptedException {
    try {
      for (CheckName check : mutant.checks()) {
        Verdict verdict = held.test(check) ? null : onUnpatched(check);
        if (verdict != null && verdict.kind() != Verdict.Kind.PASSED) {
          return error(
              mutant, check + " fails without the mutant: " + verdict.message(), verdict.details());
        }
      }
      Path place = folder.resolve(mutant.id());
      return judge(mutant, LibraryCopy.make(original, place, mutant.replacements(), classpath));
    } catch (MutantException | IOException e) {
      return error(mutant, String.valueOf(e.getMessage()), Failure.trace(e));
    }
  }

  private MutantResult judge(Mutant mutant, LibraryCopy copy)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (CheckName check : mutant.checks()) {
      Verdict verdict = check(copy, check, true);
      if (verdict.byAssertion()) {
        verdict = check(copy, check, false);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      switch (verdict.kind()) {
        case PASSED -> {}
        case BROKEN -> {
          return error(mutant, check + ": " + verdict.message(), verdict.details());
        }
        case VIOLATED -> {
          if (verdict.invariants().contains(mutant.invariant())) {
            return new MutantResult(
                mutant,
                Fate.KILLED,
                check.toString(),
                seconds,
                verdict.message(),
                verdict.details());
          }
          String message =
              String.format(
                  Locale.ROOT,
                  "%s saw %s broken, the mutant says %s",
                  check,
                  verdict.invariants(),
                  mutant.invariant());
          return error(mutant, message, verdict.details());
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new MutantResult(
        mutant, Fate.SURVIVED, "", seconds, "survived: no named check failed", "");
  }

  private Verdict onUnpatched(CheckName check)
      throws MutantException, IOException, InterruptedException {
    Verdict known = onUnpatched.get(check);
    if (known != null) {
      return known;
    }
    if (unpatched == null) {
      unpatched = LibraryCopy.make(original, folder.resolve("unpatched"), List.of(), classpath);
    }
    Verdict verdict = check(unpatched, check, true);
    onUnpatched.put(check, verdict);
    return verdict;
  }

  private Verdict check(LibraryCopy copy, CheckName check, boolean assertions)
      throws IOException, InterruptedException {
    checksRun++;
    return checker.check(copy, check, assertions);
  }

  private static MutantResult error(Mutant mutant, String message, String details) {
    return new MutantResult(mutant, Fate.ERROR, "", 0, message, details);
  }
}
