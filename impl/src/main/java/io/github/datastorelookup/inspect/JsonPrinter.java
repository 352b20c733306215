package io.github.datastorelookup.inspect;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.inspect.Findings.Finding;
import io.github.datastorelookup.inspect.Report.Datastore;
import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.Wait;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.posix.LedgerView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints a report as JSON: the shape of {@code docs/reference/inspect.schema.json}. 64-bit numbers
 * that JSON readers would round (generation, device and inode) are strings.
 */
final class JsonPrinter {
  /** Rises when a program that reads this shape has to change. */
  private static final int VERSION = 1;

  private JsonPrinter() {}

  /** The text, which ends with a line feed. */
  static String print(Report report) {
    Long generation = report.page().generation();
    return Json.of(
        object(
            "version", VERSION,
            "config", object("path", report.configFile(), "read", report.configRead()),
            "configLock",
                object(
                    "state", key(report.configLock().state()),
                    "holders", report.configLock().holders()),
            "generationPage",
                object(
                    "path", report.page().path(),
                    "identity", report.page().identity(),
                    "generation", generation == null ? null : Long.toUnsignedString(generation)),
            "runDirectory", object("path", report.runDirectory(), "listed", report.ledgersListed()),
            "ledgers", all(report.ledgers(), JsonPrinter::ledger),
            "datastores", all(report.datastores(), JsonPrinter::datastore),
            "problems", all(report.problems(), JsonPrinter::finding),
            "notes", all(report.notes(), JsonPrinter::finding)));
  }

  private static Object ledger(Ledger ledger) {
    LedgerView view = ledger.view();
    return object(
        "path", ledger.path(),
        "life", key(ledger.life()),
        "pid", view == null ? null : view.pid(),
        "holders", ledger.holders(),
        "generationPage", view == null ? null : view.generationPage(),
        "hearsSaves", ledger.hearsSaves(),
        "operations",
            view == null
                ? null
                : all(view.words().entrySet(), e -> word(e.getKey(), e.getValue())));
  }

  private static Object word(String datastore, long word) {
    return object(
        "datastore", datastore,
        "reads", OperationWord.reads(word),
        "writes", OperationWord.writes(word),
        "files", Wording.files(word).toLowerCase(Locale.ROOT));
  }

  private static Object datastore(Datastore datastore) {
    DatastoreSection section = datastore.section();
    return object(
        "name", section.name(),
        "path", section.absolutePath(),
        "mode", key(section.maintenanceMode()),
        "message", section.maintenanceMessage(),
        "mount", datastore.mount() == null ? null : key(datastore.mount()),
        "maintenanceLock",
            object(
                "known", datastore.maintenance().known(),
                "holders", datastore.maintenance().holders()),
        "unmountWaitsFor", all(datastore.waits(), JsonPrinter::waiting),
        "unmountFailsFor", all(datastore.deaf(), Ledger::path),
        "unreadable", all(datastore.unreadable(), Ledger::path));
  }

  private static Object waiting(Wait wait) {
    return object(
        "ledger", wait.ledger().path(),
        "certain", wait.ledger().certain(),
        "reads", OperationWord.reads(wait.word()),
        "writes", OperationWord.writes(wait.word()));
  }

  private static Object finding(Finding finding) {
    return object("subject", finding.subject(), "text", finding.text());
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T> List<Object> all(Collection<T> each, Function<T, Object> toJson) {
    return each.stream().map(toJson).toList();
  }

  /** Names and values by turns. */
  private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }
}
