package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** INV-13: processes complain about the config only while it does not parse. */
final class BrokenConfigChecker {
  private static final String INVARIANT = "INV-13";

  private static final String INTERRUPTED = "interrupted while waiting";
  private static final String SLOW = "does not answer: counted as another datastore";

  /** A process may log its warning this long after it read the file. */
  private static final long LATE_NANOS = 5_000_000_000L;

  private record Torn(LogLine begin, long until) {}

  private final History history;
  private final List<Torn> all = new ArrayList<>();

  BrokenConfigChecker(History history) {
    this.history = history;
    for (LogLine begin : history.of(Event.TORN)) {
      LogLine end = history.completionOf(begin, Event.EDIT_OK);
      all.add(new Torn(begin, end == null ? Long.MAX_VALUE : end.at()));
    }
  }

  void check() {
    for (LogLine refused : history.of(Event.REFUSED)) {
      if (refused.detail().equals("ConfigInvalid")) {
        LogLine start = history.completionOf(refused, Event.LOOKUP_START);
        requireTorn(start == null ? refused : start, refused, 0);
      }
    }
    for (LogLine warned : history.of(Event.WARNED)) {
      if (warned.detail().contains(INTERRUPTED) || warned.detail().contains(SLOW)) {
        continue; // the test interrupted it; the machine is busy (M5)
      }
      requireTorn(warned, warned, LATE_NANOS);
    }
  }

  private void requireTorn(LogLine from, LogLine until, long late) {
    for (Torn torn : all) {
      if (torn.begin().at() <= until.at() && from.at() - late <= torn.until()) {
        return;
      }
    }
    throw new InvariantViolation(
        INVARIANT,
        String.format(
            Locale.ROOT, "the config was sound, but:%n  %s%n  %s%nbroken: %s", from, until, all));
  }
}
