package io.github.datastorelookup;

import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Sync.VolatileRef;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Looks at the config once in a period, so that an idle process acts on it: clauses T1 to T3. */
final class Watcher {
  private static final System.Logger LOG = System.getLogger(Watcher.class.getPackageName());

  private final Protocol protocol;
  private final Sync sync;
  private final VolatileRef<String> trouble;

  Watcher(Protocol protocol, Sync sync) {
    this.protocol = protocol;
    this.sync = sync;
    this.trouble = sync.newVolatileRef(null);
  }

  /** From now on looks once in a period, until the registry is closed and idle. */
  void start(long periodNanos) {
    protocol.untilTheEnd(sync.scheduleWithFixedDelay(periodNanos, this::refresh));
  }

  /** Before the first lookup: deletes the ledgers that dead processes left behind. */
  void tidy() {
    tell(attempt(protocol::buryTheDead));
  }

  /**
   * T1: makes the snapshot current, then evicts what is idle and unwanted; the second also when the
   * first fails. Opens nothing, and waits for no datastore.
   */
  void refresh() {
    String wrong = protocol.isClosed() ? null : attempt(protocol::makeCurrent);
    String alsoWrong = attempt(protocol::sweep);
    tell(wrong == null ? alsoWrong : wrong);
    protocol.finishClose();
  }

  private static @Nullable String attempt(Runnable task) {
    try {
      task.run();
      return null;
    } catch (DatastoreException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Once for each trouble, not once in a period. */
  private void tell(@Nullable String wrong) {
    String before = trouble.get();
    trouble.set(wrong);
    if (wrong != null && !wrong.equals(before)) {
      LOG.log(Level.WARNING, "the watcher will try again: {0}", wrong);
    } else if (wrong == null && before != null) {
      LOG.log(Level.INFO, "all is well again after: {0}", before);
    }
  }
}
