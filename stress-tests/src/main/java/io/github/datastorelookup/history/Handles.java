package io.github.datastorelookup.history;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.rules.Freshness.Floor;
import io.github.datastorelookup.rules.Live;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handles that there may be at one time of a history. */
final class Handles {
  private final Map<String, Map<CallId, Handle>> byName = new HashMap<>();
  private final Set<String> killed = new HashSet<>();

  /**
   * A handle, or the attempt to acquire one. It may be counted from the line before the lookup
   * until the line after its close, and is certainly live from the line after the lookup until the
   * line before its close.
   */
  static final class Handle implements Live {
    final LogLine start;
    final Floor floor;
    private final int asked;
    private @Nullable LogLine granted;
    private boolean dropping;

    private Handle(LogLine start, Floor floor, int asked) {
      this.start = start;
      this.floor = floor;
      this.asked = asked;
    }

    boolean certain() {
      return granted != null && !dropping;
    }

    @Override
    public String name() {
      return start.name();
    }

    @Override
    public Operation operation() {
      return Operation.valueOf(start.word(0));
    }

    @Override
    public int asked() {
      return asked;
    }

    @Override
    public String toString() {
      return granted == null ? start.toString() : start + "\n  " + granted;
    }
  }

  /** A lookup or a duplicate begins. */
  Handle asked(LogLine start, Floor floor, int promises) {
    Handle handle = new Handle(start, floor, promises);
    handle.dropping = killed.contains(start.source());
    ofName(start.name()).put(start.call(), handle);
    return handle;
  }

  /** The call has returned a handle. */
  Handle granted(LogLine line) {
    Handle handle = Objects.requireNonNull(of(line), line::toString);
    handle.granted = line;
    return handle;
  }

  /** The handle is about to be closed. */
  Handle dropping(LogLine line) {
    Handle handle = Objects.requireNonNull(of(line), line::toString);
    handle.dropping = true;
    return handle;
  }

  /** It is closed, or was refused. */
  void gone(LogLine line) {
    ofName(line.name()).remove(line.call());
  }

  /** A process is about to be killed, and may have lost its handles from now on. */
  List<Handle> killed(String source) {
    killed.add(source);
    List<Handle> lost =
        byName.values().stream()
            .flatMap(handles -> handles.values().stream())
            .filter(handle -> handle.start.source().equals(source))
            .toList();
    lost.forEach(handle -> handle.dropping = true);
    return lost;
  }

  /** Whether a process is about to be killed, or gone. */
  boolean isKilled(String source) {
    return killed.contains(source);
  }

  /** A process is gone, and its handles are too. */
  void dead(String source) {
    byName
        .values()
        .forEach(handles -> handles.keySet().removeIf(key -> key.source().equals(source)));
  }

  /** The handle of a line, if there is one. */
  @Nullable Handle of(LogLine line) {
    return ofName(line.name()).get(line.call());
  }

  /** The handles of a datastore that there may be. */
  Collection<Handle> possible(String name) {
    return ofName(name).values();
  }

  /** The handles of a datastore that there certainly are. */
  List<Handle> certain(String name) {
    return possible(name).stream().filter(Handle::certain).toList();
  }

  private Map<CallId, Handle> ofName(String name) {
    return byName.computeIfAbsent(name, unused -> new LinkedHashMap<>());
  }
}
