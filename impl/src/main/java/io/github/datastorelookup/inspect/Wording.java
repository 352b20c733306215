package io.github.datastorelookup.inspect;

import static java.util.stream.Collectors.joining;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.MaintenanceLock;
import io.github.datastorelookup.inspect.Report.Wait;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.MountTable.Status;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.LedgerView;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The wording of one cell for the states and numbers of a report. */
final class Wording {
  private Wording() {}

  static String life(Ledger ledger) {
    return switch (ledger.life()) {
      case LIVE -> "live";
      case DEAD -> "dead";
      case NOT_PROBED -> ledger.certain() ? "locked" : "not probed";
    };
  }

  static String page(Ledger ledger, LedgerView view) {
    FileIdentity page = view.generationPage();
    if (page == null) {
      return "none";
    }
    return page + (ledger.hearsSaves() ? " at its path" : " NOT at its path");
  }

  static String files(long word) {
    if (OperationWord.open(word)) {
      return "open";
    }
    return (word & OperationWord.CLOSING) == 0 ? "CLOSED" : "CLOSING";
  }

  static String mode(DatastoreSection section) {
    MaintenanceMode mode = section.maintenanceMode();
    if (mode == MaintenanceMode.NONE) {
      return "-";
    }
    String message = section.maintenanceMessage();
    return (mode == MaintenanceMode.UNKNOWN ? "UNKNOWN" : mode.key())
        + (message == null ? "" : " (" + message + ")");
  }

  static String lock(MaintenanceLock lock) {
    return lock.known() ? pids(lock.holders(), "free") : "unknown";
  }

  static String mount(@Nullable Status status) {
    return status == null || status == Status.MOUNTED
        ? ""
        : status == Status.NOT_MOUNTED ? " (not mounted)" : " (mounted? unknown)";
  }

  static String reason(Wait wait) {
    long word = wait.word();
    String reason =
        OperationWord.idle(word)
            ? "idle, closes by itself"
            : "READ " + OperationWord.reads(word) + ", WRITE " + OperationWord.writes(word);
    return reason + (wait.ledger().certain() ? "" : ", if it lives");
  }

  static String pids(Collection<Long> holders, String none) {
    return holders.isEmpty() ? none : "pid " + join(holders);
  }

  /** Numbers with commas between them. */
  static String join(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(joining(", "));
  }
}
