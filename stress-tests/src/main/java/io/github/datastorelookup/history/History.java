package io.github.datastorelookup.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The merged logs of all processes: which call ran when, and which handle was live when.
 *
 * <p>The lines of its parent bound what a killed process did last: it certainly lived before {@code
 * KILL_START}, and certainly did nothing more after {@code DEAD}.
 */
public final class History {
  private static final Set<Event> HANDLE_STARTS =
      EnumSet.of(Event.LOOKUP_START, Event.DUPLICATE_START);

  private record Key(String source, long id) {}

  /** The log of the parent, which is never killed. */
  public static final String PARENT = "parent";

  private final List<LogLine> lines;
  private final long end;
  private final Map<Event, List<LogLine>> byEvent = new EnumMap<>(Event.class);
  private final Map<Key, List<LogLine>> byKey = new HashMap<>();
  private final Map<String, LogLine> kills = new HashMap<>();
  private final Map<String, LogLine> deaths = new HashMap<>();
  private final List<HandleInterval> intervals = new ArrayList<>();
  private final Map<String, Timeline> timelines = new HashMap<>();

  /** Takes all lines of all logs; the lines of one log are in their order. */
  public History(List<LogLine> lines) {
    this(lines, Long.MAX_VALUE);
  }

  /** Takes the lines until {@code end}, while processes still run; none of them may be missing. */
  public History(List<LogLine> all, long end) {
    this.lines = all.stream().filter(line -> line.at() <= end).toList();
    this.end = end;
    for (LogLine line : lines) {
      byEvent.computeIfAbsent(line.event(), event -> new ArrayList<>()).add(line);
      byKey.computeIfAbsent(new Key(line.source(), line.id()), key -> new ArrayList<>()).add(line);
      if (line.event() == Event.KILL_START) {
        kills.put(line.name(), line);
      } else if (line.event() == Event.DEAD) {
        deaths.put(line.name(), line);
      }
    }
    for (Event start : HANDLE_STARTS) {
      for (LogLine asked : of(start)) {
        intervals.add(interval(asked));
      }
    }
    intervals.stream()
        .collect(Collectors.groupingBy(HandleInterval::name))
        .forEach((name, ofName) -> timelines.put(name, new Timeline(ofName)));
  }

  /** All lines. */
  List<LogLine> lines() {
    return lines;
  }

  /** All lines of this event. */
  List<LogLine> of(Event event) {
    return byEvent.getOrDefault(event, List.of());
  }

  /** All handles, and all attempts to acquire one. */
  List<HandleInterval> intervals() {
    return intervals;
  }

  /** The intervals of one datastore that may have been counted at some time in between. */
  List<HandleInterval> intervals(String name, long from, long until) {
    Timeline timeline = timelines.get(name);
    return timeline == null ? List.of() : timeline.within(from, until);
  }

  /** The line of this event about the same call or handle, or null. */
  @Nullable LogLine completionOf(LogLine line, Event event) {
    for (LogLine each : byKey.getOrDefault(new Key(line.source(), line.id()), List.of())) {
      if (each.event() == event) {
        return each;
      }
    }
    return null;
  }

  /** The calls that begin with one event and, if nothing goes wrong, end with the other. */
  List<Call> calls(Event start, Event ok) {
    List<Call> calls = new ArrayList<>();
    for (LogLine line : of(start)) {
      LogLine end = completionOf(line, ok);
      if (end == null) {
        end = completionOf(line, Event.REFUSED);
      }
      calls.add(new Call(line, end, end == null ? goneAt(line.source()) : end.at()));
    }
    return calls;
  }

  /** The time after which the process of this log certainly did nothing more. */
  long goneAt(String source) {
    LogLine dead = deaths.get(source);
    return dead == null ? end : dead.at();
  }

  /** The time until which the process of this log certainly lived. */
  long livedUntil(String source) {
    LogLine kill = kills.get(source);
    return kill == null ? end : kill.at();
  }

  /** Describes what ended an interval. */
  String ending(HandleInterval interval) {
    LogLine kill = kills.get(interval.asked().source());
    if (interval.dropping() != null) {
      return interval.dropping().toString();
    }
    return kill == null ? "(never dropped)" : kill + " (its process held it)";
  }

  /** The logs of the processes that were killed. */
  public Set<String> killed() {
    return Set.copyOf(kills.keySet());
  }

  private HandleInterval interval(LogLine asked) {
    LogLine granted = completionOf(asked, Event.GRANT);
    LogLine dropping = completionOf(asked, Event.DROP_START);
    LogLine over = completionOf(asked, Event.DROPPED);
    if (over == null) {
      over = completionOf(asked, Event.REFUSED); // it may have been counted until then
    }
    return new HandleInterval(
        asked,
        granted,
        dropping,
        asked.at(),
        granted == null ? Long.MAX_VALUE : granted.at(),
        dropping == null ? livedUntil(asked.source()) : dropping.at(),
        over == null ? goneAt(asked.source()) : over.at());
  }
}
