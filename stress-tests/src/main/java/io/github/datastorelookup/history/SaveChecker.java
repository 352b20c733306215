package io.github.datastorelookup.history;

import io.github.datastorelookup.checks.InvariantViolation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * INV-1 and INV-2: every lookup in any process that starts after an acknowledged save sees it, and
 * the file keeps it. Lookups see a manual edit one TTL later at the latest.
 *
 * <p>The saves of one datastore have ascending numbers and do not overlap.
 */
final class SaveChecker {
  private final History history;

  /** By datastore: the time from which lookups have to see this save, or a later one. */
  private final Map<String, TreeMap<Long, LogLine>> due = new HashMap<>();

  /** By datastore and number: the line that begins the save. */
  private final Map<String, Map<Long, LogLine>> begun = new HashMap<>();

  SaveChecker(History history, long ttlNanos) {
    this.history = history;
    history.of(Event.SAVE_OK).forEach(line -> addDue(line.at(), line));
    history.of(Event.EDIT_OK).forEach(line -> addDue(line.at() + ttlNanos, line));
    history.of(Event.SAVE_START).forEach(this::addBegun);
    history.of(Event.EDIT_START).forEach(this::addBegun);
  }

  private void addDue(long from, LogLine line) {
    due.computeIfAbsent(line.name(), name -> new TreeMap<>()).put(from, line);
  }

  private void addBegun(LogLine line) {
    begun.computeIfAbsent(line.name(), name -> new HashMap<>()).put(line.sequence(), line);
  }

  /** Checks that no granted lookup saw a stale save, or one that never began. */
  void checkSeen() {
    for (HandleInterval interval : history.intervals()) {
      LogLine grant = interval.granted();
      if (grant == null || grant.word(1).equals("-")) {
        continue; // a duplicate has the section of its source
      }
      long seen = Long.parseLong(grant.word(1));
      LogLine required = required(interval);
      if (required != null && seen < required.sequence()) {
        throw new InvariantViolation(
            required.event() == Event.EDIT_OK ? "INV-2" : "INV-1",
            String.format(
                Locale.ROOT,
                "datastore=%s: a lookup saw number %d, older than one that was complete%n"
                    + "complete:%n  %s%nlookup:%n  %s%n  %s",
                interval.name(),
                seen,
                required,
                interval.asked(),
                grant));
      }
      LogLine origin = begun.getOrDefault(interval.name(), Map.of()).get(seen);
      if (seen != 0 && (origin == null || origin.at() > grant.at())) {
        throw new InvariantViolation(
            "INV-1",
            String.format(
                Locale.ROOT,
                "datastore=%s: a lookup saw number %d before any save of it began%n  %s%n  %s",
                interval.name(),
                seen,
                grant,
                origin));
      }
    }
  }

  private @Nullable LogLine required(HandleInterval interval) {
    TreeMap<Long, LogLine> ofName = due.get(interval.name());
    Map.Entry<Long, LogLine> last =
        ofName == null ? null : ofName.floorEntry(interval.asked().at());
    return last == null ? null : last.getValue();
  }

  /**
   * Checks that the final file has every acknowledged save, and no save that never began.
   *
   * @param file the number in the comment of each section
   */
  void checkFile(Map<String, Long> file) {
    for (Map.Entry<String, TreeMap<Long, LogLine>> saves : due.entrySet()) {
      String name = saves.getKey();
      LogLine last = saves.getValue().lastEntry().getValue();
      Long found = file.get(name);
      if (found == null || found < last.sequence()) {
        throw new InvariantViolation(
            "INV-1",
            String.format(
                Locale.ROOT,
                "datastore=%s: an acknowledged save is not in the file, which has %s%n  %s",
                name,
                found,
                last));
      }
    }
    for (Map.Entry<String, Long> section : file.entrySet()) {
      Set<Long> known = begun.getOrDefault(section.getKey(), Map.of()).keySet();
      if (section.getValue() != 0 && !known.contains(section.getValue())) {
        throw new InvariantViolation(
            "INV-1", "the file has a save that never began: section=" + section);
      }
    }
    checkSections(file.keySet());
  }

  /** Checks that the file has a section exactly if the last certain change created it. */
  private void checkSections(Set<String> file) {
    List<Call> calls = new ArrayList<>(history.calls(Event.CREATE_START, Event.CREATE_OK));
    calls.addAll(history.calls(Event.REMOVE_START, Event.REMOVE_OK));
    calls.removeIf(Call::refused);
    calls.sort(Comparator.<Call>comparingLong(call -> call.start().at()).reversed());
    Set<String> decided = new HashSet<>();
    for (Call last : calls) {
      String name = last.start().name();
      boolean created = last.start().event() == Event.CREATE_START;
      if (decided.add(name) && last.acknowledged() && created != file.contains(name)) {
        throw new InvariantViolation(
            "INV-1",
            String.format(
                Locale.ROOT,
                "datastore=%s: an acknowledged change is not in the file: inFile=%s%n  %s",
                name,
                file.contains(name),
                last.told()));
      }
    }
  }
}
