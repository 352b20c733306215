package io.github.datastorelookup.inspect;

import static java.util.stream.Collectors.joining;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.inspect.Findings.Finding;
import io.github.datastorelookup.inspect.Report.Datastore;
import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.Life;
import io.github.datastorelookup.inspect.Report.MaintenanceLock;
import io.github.datastorelookup.inspect.Report.Wait;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.MountTable.Status;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.LedgerView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as text: aligned columns, then what is wrong, and one line that sums it up. */
final class ReportPrinter {
  private final Report report;
  private final StringBuilder out = new StringBuilder();

  private ReportPrinter(Report report) {
    this.report = report;
  }

  /** The text, which ends with a line feed. */
  static String print(Report report) {
    ReportPrinter printer = new ReportPrinter(report);
    printer.summary();
    printer.ledgers();
    printer.operations();
    printer.datastores();
    printer.findings();
    return printer.out.toString();
  }

  private void summary() {
    line(
        "config",
        report.configFile()
            + (report.configRead() ? ", datastores=" + report.datastores().size() : ", not read"));
    line(
        "config lock",
        switch (report.configLock().state()) {
          case TAKEN -> "free";
          case BUSY -> "held by " + pids(report.configLock().holders(), "an unknown process");
          case MISSING -> "none yet";
          case UNAVAILABLE -> "unknown";
        });
    FileIdentity page = report.page().identity();
    Long generation = report.page().generation();
    String unknown = page == null ? "none" : "unknown";
    line("generation", generation == null ? unknown : Long.toUnsignedString(generation));
    line("generation page", report.page().path() + (page == null ? ", none" : ", " + page));
    line("run directory", report.runDirectory() + (report.ledgersListed() ? "" : ", not read"));
  }

  private void line(String title, String text) {
    out.append(Table.printable(String.format("%-17s%s", title, text))).append('\n');
  }

  private void ledgers() {
    Table table = new Table("STATE", ">PID", ">ENTRIES", "GENERATION PAGE", "LEDGER");
    for (Ledger ledger : report.ledgers()) {
      LedgerView view = ledger.view();
      table.row(
          life(ledger),
          ledger.pid(),
          view == null ? "?" : String.valueOf(view.words().size()),
          view == null ? "?" : page(ledger, view),
          String.valueOf(ledger.path().getFileName()));
    }
    section("processes", report.ledgers().isEmpty(), table);
  }

  private static String life(Ledger ledger) {
    return switch (ledger.life()) {
      case LIVE -> "live";
      case DEAD -> "dead";
      case NOT_PROBED -> ledger.certain() ? "locked" : "not probed";
    };
  }

  private static String page(Ledger ledger, LedgerView view) {
    FileIdentity page = view.generationPage();
    if (page == null) {
      return "none";
    }
    return page + (ledger.hearsSaves() ? " at its path" : " NOT at its path");
  }

  /** Only those that say something; a dead one's count nothing. */
  private void operations() {
    Table table = new Table("DATASTORE", ">PID", ">READ", ">WRITE", "FILES");
    boolean none = true;
    for (Ledger ledger : report.ledgers()) {
      LedgerView view = ledger.view();
      if (view == null || ledger.life() == Life.DEAD) {
        continue;
      }
      for (Map.Entry<String, Long> entry : view.words().entrySet()) {
        long word = entry.getValue();
        if (word != OperationWord.CLOSED) {
          none = false;
          table.row(
              entry.getKey(),
              ledger.pid(),
              String.valueOf(OperationWord.reads(word)),
              String.valueOf(OperationWord.writes(word)),
              files(word));
        }
      }
    }
    section("operations and open files", none, table);
  }

  private static String files(long word) {
    if (OperationWord.open(word)) {
      return "open";
    }
    return (word & OperationWord.CLOSING) == 0 ? "CLOSED" : "CLOSING";
  }

  private void datastores() {
    Table table =
        new Table("DATASTORE", "MODE", "MAINTENANCE LOCK", "PATH", "AN UNMOUNT WOULD WAIT FOR");
    for (Datastore datastore : report.datastores()) {
      table.row(
          datastore.section().name(),
          mode(datastore.section()),
          lock(datastore.maintenance()),
          datastore.section().absolutePath() + mount(datastore.mount()),
          waits(datastore));
    }
    section("datastores", report.datastores().isEmpty(), table);
  }

  private static String mode(DatastoreSection section) {
    MaintenanceMode mode = section.maintenanceMode();
    if (mode == MaintenanceMode.NONE) {
      return "-";
    }
    String message = section.maintenanceMessage();
    return (mode == MaintenanceMode.UNKNOWN ? "UNKNOWN" : mode.key())
        + (message == null ? "" : " (" + message + ")");
  }

  private static String lock(MaintenanceLock lock) {
    return lock.known() ? pids(lock.holders(), "free") : "unknown";
  }

  private static String mount(@Nullable Status status) {
    return status == null || status == Status.MOUNTED
        ? ""
        : status == Status.NOT_MOUNTED ? " (not mounted)" : " (mounted? unknown)";
  }

  private String waits(Datastore datastore) {
    List<String> parts = new ArrayList<>();
    for (Wait wait : datastore.waits()) {
      parts.add("pid " + wait.ledger().pid() + " (" + reason(wait) + ")");
    }
    if (!datastore.deaf().isEmpty()) {
      parts.add("it would FAIL: see the problems");
    }
    if (!datastore.unreadable().isEmpty() || !report.ledgersListed()) {
      parts.add("unknown: see the problems");
    }
    return parts.isEmpty() ? "nobody" : String.join(", ", parts);
  }

  private static String reason(Wait wait) {
    long word = wait.word();
    String reason =
        OperationWord.idle(word)
            ? "idle, closes by itself"
            : "READ " + OperationWord.reads(word) + ", WRITE " + OperationWord.writes(word);
    return reason + (wait.ledger().certain() ? "" : ", if it lives");
  }

  private void section(String title, boolean empty, Table table) {
    out.append('\n').append(title).append(empty ? ": none\n" : "\n");
    if (!empty) {
      out.append(table.format());
    }
  }

  private void findings() {
    out.append('\n');
    list("problem", report.problems());
    list("note", report.notes());
    int count = report.problems().size();
    if (count == 0) {
      out.append("ok\n");
    } else {
      String subjects =
          report.problems().stream().map(Finding::subject).distinct().collect(joining(", "));
      out.append(count).append(count == 1 ? " problem: " : " problems: ");
      out.append(Table.printable(subjects)).append('\n');
    }
  }

  private void list(String kind, List<Finding> findings) {
    for (Finding finding : findings) {
      String text = kind + ": " + finding.subject() + ": " + finding.text();
      out.append(Table.printable(text)).append('\n');
    }
  }

  private static String pids(Collection<Long> holders, String nobody) {
    return holders.isEmpty() ? nobody : "pid " + join(holders);
  }

  /** Numbers with commas between them. */
  static String join(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(joining(", "));
  }
}
