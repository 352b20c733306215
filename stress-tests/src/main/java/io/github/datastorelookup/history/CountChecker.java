package io.github.datastorelookup.history;

import static io.github.datastorelookup.rules.Require.require;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.history.Handles.Handle;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * INV-6: a count includes every handle that is live throughout it, none that is not live during it,
 * and none of a dead process.
 */
final class CountChecker {
  private static final String INVARIANT = "INV-6";
  private static final int MOST_TOLD = 5;

  private final Map<CallId, Count> running = new LinkedHashMap<>();

  /** A count that runs, the handles that were there all the time, and those that may have been. */
  private record Count(LogLine start, Set<Handle> certain, Set<Handle> possible) {}

  void begins(LogLine start, Handles handles) {
    running.put(
        start.call(),
        new Count(
            start,
            new LinkedHashSet<>(handles.certain(start.name())),
            new LinkedHashSet<>(handles.possible(start.name()))));
  }

  /** A handle may be there from now on. */
  void asked(Handle handle) {
    running
        .values()
        .forEach(
            count -> {
              if (count.start().name().equals(handle.name())) {
                count.possible().add(handle);
              }
            });
  }

  /** A handle may be gone from now on. */
  void dropping(Handle handle) {
    running.values().forEach(count -> count.certain().remove(handle));
  }

  /** A process is gone, and the counts that it began are too. */
  void dead(String source) {
    running.keySet().removeIf(key -> key.source().equals(source));
  }

  /** A count has returned; or was refused, and says nothing. */
  void ends(LogLine end) {
    Count count = running.remove(end.call());
    if (count != null && end.event() == Event.CENSUS) {
      check(count, end, Operation.READ, Integer.parseInt(end.word(0)));
      check(count, end, Operation.WRITE, Integer.parseInt(end.word(1)));
    }
  }

  private static void check(Count count, LogLine end, Operation operation, int found) {
    List<Handle> certain = ofThis(operation, count.certain());
    List<Handle> possible = ofThis(operation, count.possible());
    require(found >= certain.size() && found <= possible.size(), INVARIANT)
        .or(
            "datastore=%s: %d %s operations were counted, at least %d and at most %d there%n"
                + "count:%n  %s%n  %s%nhandles (%d at most):%n  %s",
            end.name(),
            found,
            operation,
            certain.size(),
            possible.size(),
            count.start(),
            end,
            MOST_TOLD,
            (found > possible.size() ? possible : certain)
                .stream()
                    .limit(MOST_TOLD)
                    .map(Handle::toString)
                    .collect(Collectors.joining("\n  ")));
  }

  private static List<Handle> ofThis(Operation operation, Collection<Handle> handles) {
    return handles.stream().filter(handle -> handle.operation() == operation).toList();
  }

  /** Checks that nothing is counted after all processes ended. */
  static void checkNothingLeft(Map<String, ActiveOperations> counts) {
    new TreeMap<>(counts)
        .forEach(
            (name, counted) ->
                require(counted.reads() == 0 && counted.writes() == 0, INVARIANT)
                    .or(
                        "datastore=%s: still counted after all processes ended: %s",
                        name, counted));
  }
}
