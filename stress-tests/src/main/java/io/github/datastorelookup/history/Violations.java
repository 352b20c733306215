package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.ArrayList;
import java.util.List;

/** Collects the violations of several checks: one mistake may break several invariants. */
public final class Violations {
  /** Violations beyond these add nothing. */
  private static final int MOST = 30;

  private final List<InvariantViolation> found = new ArrayList<>();

  /** A check. */
  @FunctionalInterface
  public interface Check<E extends Exception> {
    /** Runs it. */
    void run() throws E;
  }

  /** Runs a check, and keeps the violation that it throws. */
  public <E extends Exception> void collect(Check<E> check) throws E {
    try {
      check.run();
    } catch (InvariantViolation e) {
      if (found.size() < MOST) {
        found.add(e);
      }
    }
  }

  /** Notes them all in another failure. */
  public void suppressedIn(Throwable failure) {
    found.forEach(failure::addSuppressed);
  }

  /** Throws the first violation, with the others suppressed in it; returns when there is none. */
  public void throwFirst() {
    if (!found.isEmpty()) {
      InvariantViolation first = found.get(0);
      found.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
