package io.github.datastorelookup.history;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The merged logs of all processes, in the order of time.
 *
 * <p>The lines of their parent bound what a killed process did last: it certainly lived before
 * {@code KILL_START}, and certainly did nothing more after {@code DEAD}.
 */
public final class History {
  /** The log of the parent, which is never killed. */
  public static final String PARENT = "parent";

  private final List<LogLine> lines;
  private final Set<CallId> refused = new HashSet<>();

  /** Takes all lines of all logs; the lines of one log are in their order. */
  public History(List<LogLine> lines) {
    this(lines, Long.MAX_VALUE);
  }

  /** Takes the lines until {@code end}, while processes still run; none of them may be missing. */
  public History(List<LogLine> all, long end) {
    lines =
        all.stream()
            .filter(line -> line.at() <= end)
            .sorted(Comparator.comparingLong(LogLine::at))
            .toList();
    lines.stream()
        .filter(line -> line.event() == Event.REFUSED)
        .forEach(line -> refused.add(line.call()));
  }

  /** All lines. */
  List<LogLine> lines() {
    return lines;
  }

  /** Whether the call that this line begins was refused. */
  boolean isRefused(LogLine start) {
    return refused.contains(start.call());
  }

  /** The logs of the processes that were killed. */
  public Set<String> killed() {
    Set<String> killed = new HashSet<>();
    lines.stream()
        .filter(line -> line.event() == Event.KILL_START)
        .forEach(line -> killed.add(line.name()));
    return killed;
  }

  /** How many lines are so. */
  long count(Predicate<LogLine> condition) {
    return lines.stream().filter(condition).count();
  }
}
