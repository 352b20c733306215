package io.github.datastorelookup.history;

import static io.github.datastorelookup.rules.Require.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INV-13: processes complain about the config only while it does not parse. */
final class BrokenConfigChecker {
  private static final String INTERRUPTED = "interrupted while waiting";
  private static final String SLOW = "does not answer: counted as another datastore";

  /** A process may log its warning this long after it read the file. */
  private static final long LATE_NANOS = 5_000_000_000L;

  private final List<Torn> all = new ArrayList<>();

  private static final class Torn {
    final LogLine begin;
    @Nullable LogLine end;

    Torn(LogLine begin) {
      this.begin = begin;
    }

    @Override
    public String toString() {
      return begin + " until " + end;
    }
  }

  void torn(LogLine begin) {
    all.add(new Torn(begin));
  }

  /** A manual edit is complete; it may have been a sound one from its beginning. */
  void mended(LogLine edit) {
    for (Torn torn : all) {
      torn.end = torn.begin.call().equals(edit.call()) ? edit : torn.end;
    }
  }

  /** A call that began with this line was refused. */
  void refused(LogLine start, LogLine refused) {
    if (refused.detail().equals("ConfigInvalid")) {
      requireTorn(start.at(), refused);
    }
  }

  void warned(LogLine warned) {
    if (!warned.detail().contains(INTERRUPTED) // the test interrupted it
        && !warned.detail().contains(SLOW)) { // the machine is busy (M5)
      requireTorn(warned.at() - LATE_NANOS, warned);
    }
  }

  private void requireTorn(long from, LogLine complaint) {
    require(all.stream().anyMatch(each -> each.end == null || each.end.at() >= from), "INV-13")
        .or("the config was sound, but:%n  %s%nbroken: %s", complaint, all);
  }
}
