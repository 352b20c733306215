package io.github.datastorelookup.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a history contains: a rule that finds nothing to look at checks nothing. */
public final class HistoryCoverage {
  private final History history;

  /** Counts in this history. */
  public HistoryCoverage(History history) {
    this.history = history;
  }

  /** How many calls began. */
  public long operations() {
    return history.count(line -> line.event().start());
  }

  /** How many lines report this event. */
  public int count(Event event) {
    return Math.toIntExact(history.count(line -> line.event() == event));
  }

  /** How many handles these processes were granted. */
  public long grantedTo(Predicate<String> source) {
    return history.count(line -> line.event() == Event.GRANT && source.test(line.source()));
  }

  /** How many calls were refused with this error. */
  public long refusedAs(String type) {
    return history.count(line -> line.event() == Event.REFUSED && line.detail().equals(type));
  }

  /** The logs of the processes that were killed inside a call. */
  public Set<String> killedInsideACall() {
    Map<String, LogLine> last = new HashMap<>();
    for (LogLine line : history.lines()) {
      last.put(line.source() + " " + line.thread(), line);
    }
    Set<String> inside = new TreeSet<>();
    Set<String> killed = history.killed();
    for (LogLine line : last.values()) {
      if (line.event().start() && killed.contains(line.source())) {
        inside.add(line.source());
      }
    }
    return inside;
  }

  /** The logs of the processes that were killed with a counted handle that was not being closed. */
  public Set<String> killedWithAHandle() {
    Set<String> killed = history.killed();
    Set<CallId> held = new HashSet<>();
    for (LogLine line : history.lines()) {
      if (line.event() == Event.DROP_START) {
        held.remove(line.call());
      } else if (line.event() == Event.GRANT && !line.word(0).equals("LOOKUP")) {
        held.add(line.call());
      }
    }
    return held.stream()
        .map(CallId::source)
        .filter(killed::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The logs of the processes that saw this save, or edit, of a datastore. */
  public Set<String> sourcesThatSaw(String name, long number) {
    Set<String> sources = new TreeSet<>();
    for (LogLine line : history.lines()) {
      if (line.event() == Event.GRANT
          && line.name().equals(name)
          && line.word(1).equals(String.valueOf(number))) {
        sources.add(line.source());
      }
    }
    return sources;
  }

  /** A summary of the run in one line. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d calls: %d handles, %d refusals, %d saves, %d modes set, %d drained, %d counts,"
            + " %d removals, %d unmounts, %d store locks, %d in a broken config,"
            + " %d interrupted; %d kills, %d inside a call, %d with a handle",
        operations(),
        count(Event.GRANT),
        count(Event.REFUSED),
        count(Event.SAVE_OK),
        count(Event.SET_OK),
        count(Event.DRAINED),
        count(Event.CENSUS),
        count(Event.REMOVE_OK),
        count(Event.UNMOUNT_OK),
        count(Event.LOCKED),
        refusedAs("ConfigInvalid"),
        refusedAs("Interrupted"),
        history.killed().size(),
        killedInsideACall().size(),
        killedWithAHandle().size());
  }
}
