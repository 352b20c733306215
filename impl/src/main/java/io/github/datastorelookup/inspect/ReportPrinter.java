package io.github.datastorelookup.inspect;

import static java.util.stream.Collectors.joining;

import io.github.datastorelookup.inspect.Findings.Finding;
import io.github.datastorelookup.inspect.Report.Datastore;
import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.Life;
import io.github.datastorelookup.inspect.Report.Wait;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.posix.LedgerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prints a report as text: aligned columns, then the findings, and a summary line. */
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
          case BUSY ->
              "held by " + Wording.pids(report.configLock().holders(), "an unknown process");
          case MISSING -> "none yet";
          case UNAVAILABLE -> "unknown";
        });
    FileIdentity page = report.page().identity();
    Long generation = report.page().generation();
    String unknown = report.page().missing() ? "none" : "unknown";
    line("generation", generation == null ? unknown : Long.toUnsignedString(generation));
    line("generation page", report.page().path() + ", " + (page == null ? unknown : page));
    line(
        "run directory",
        report.runDirectory() + (report.ledgersListed() ? "" : ", ledgers not known"));
  }

  private void line(String title, String text) {
    out.append(Reasons.printable(String.format(Locale.ROOT, "%-17s%s", title, text))).append('\n');
  }

  private void ledgers() {
    Table table = new Table("STATE", ">PID", ">ENTRIES", "GENERATION PAGE", "LEDGER");
    for (Ledger ledger : report.ledgers()) {
      LedgerView view = ledger.view();
      table.row(
          Wording.life(ledger),
          ledger.pid(),
          view == null ? "?" : String.valueOf(view.words().size()),
          view == null ? "?" : Wording.page(ledger, view),
          String.valueOf(ledger.path().getFileName()));
    }
    section("processes", report.ledgers().isEmpty(), table);
  }

  /** Omits words that are exactly {@code CLOSED}, and dead processes, which do not count. */
  private void operations() {
    SortedMap<String, List<String[]>> rows = new TreeMap<>();
    for (Ledger ledger : report.ledgers()) {
      if (ledger.view() != null && ledger.life() != Life.DEAD) {
        ledger
            .view()
            .words()
            .forEach(
                (name, word) -> {
                  if (word != OperationWord.CLOSED) {
                    rows.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(operations(name, ledger, word));
                  }
                });
      }
    }
    Table table = new Table("DATASTORE", ">PID", ">READ", ">WRITE", "FILES");
    rows.values().forEach(sameName -> sameName.forEach(table::row));
    section("operations and open files", rows.isEmpty(), table);
  }

  private static String[] operations(String name, Ledger ledger, long word) {
    return new String[] {
      name,
      ledger.pid(),
      String.valueOf(OperationWord.reads(word)),
      String.valueOf(OperationWord.writes(word)),
      Wording.files(word)
    };
  }

  private void datastores() {
    Table table =
        new Table("DATASTORE", "MODE", "MAINTENANCE LOCK", "PATH", "AN UNMOUNT WOULD WAIT FOR");
    for (Datastore datastore : report.datastores()) {
      table.row(
          datastore.section().name(),
          Wording.mode(datastore.section()),
          Wording.lock(datastore.maintenance()),
          datastore.section().absolutePath() + Wording.mount(datastore.mount()),
          waits(datastore));
    }
    section("datastores", report.datastores().isEmpty(), table);
  }

  private String waits(Datastore datastore) {
    List<String> parts = new ArrayList<>();
    for (Wait wait : datastore.waits()) {
      parts.add("pid " + wait.ledger().pid() + " (" + Wording.reason(wait) + ")");
    }
    if (!datastore.deaf().isEmpty()) {
      parts.add("it would FAIL: see the problems");
    }
    if (!datastore.unreadable().isEmpty() || !report.ledgersListed()) {
      parts.add("unknown: see the problems");
    }
    return parts.isEmpty() ? "no process" : String.join(", ", parts);
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
      out.append(Reasons.printable(subjects)).append('\n');
    }
  }

  private void list(String kind, List<Finding> findings) {
    for (Finding finding : findings) {
      String text = kind + ": " + finding.subject() + ": " + finding.text();
      out.append(Reasons.printable(text)).append('\n');
    }
  }
}
