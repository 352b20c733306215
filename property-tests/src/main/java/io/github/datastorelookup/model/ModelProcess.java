package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the model knows of one process; immutable.
 *
 * @param alive whether it runs
 * @param cached what it loaded last, or null
 * @param handles the live handles, oldest first
 * @param open by datastore, which files are open
 */
public record ModelProcess(
    boolean alive, @Nullable Cached cached, List<Held> handles, Map<String, Files> open) {
  /**
   * A load.
   *
   * @param generation the label
   * @param loadedAt seconds
   * @param number how many loads of this process there were
   * @param since by datastore, since which load its section is the same
   */
  public record Cached(
      ModelConfig config, long generation, long loadedAt, int number, Map<String, Integer> since) {
    /** A copy is kept, in an order that does not depend on hashes. */
    public Cached {
      since = Collections.unmodifiableSortedMap(new TreeMap<>(since));
    }

    /** The load after {@code old}, or the first one. */
    static Cached next(@Nullable Cached old, ModelConfig config, long generation, long now) {
      int number = old == null ? 1 : old.number + 1;
      Map<String, Integer> since = new TreeMap<>();
      for (ModelConfig.Section section : config.sections()) {
        String name = section.name();
        Integer same = old == null ? null : old.since.get(name);
        boolean unchanged = old != null && section.equals(old.config.find(name));
        since.put(name, unchanged && same != null ? same : number);
      }
      return new Cached(config, generation, now, number, since);
    }
  }

  /** A live handle and the section that granted it. */
  public record Held(Operation operation, ModelConfig.Section section) {
    /** Whether it is counted, and holds files open. */
    public boolean counted() {
      return operation != Operation.LOOKUP;
    }
  }

  /**
   * An open chunk store: where, which {@code .lock}, and since which load its section is the same.
   */
  public record Files(String path, int lockFile, int since) {
    /** Whether it is where this section wants it, and on this {@code .lock}. */
    boolean at(ModelConfig.Section wanted, int wantedLockFile) {
      return path.equals(wanted.path()) && lockFile == wantedLockFile;
    }
  }

  /** Copies are kept, in an order that does not depend on hashes. */
  public ModelProcess {
    handles = List.copyOf(handles);
    open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
  }

  /** A process that has just started. */
  public static ModelProcess started() {
    return new ModelProcess(true, null, List.of(), Map.of());
  }

  /** A process that was killed. */
  public static ModelProcess dead() {
    return new ModelProcess(false, null, List.of(), Map.of());
  }

  ModelProcess caching(Cached now) {
    return new ModelProcess(alive, now, handles, open);
  }

  ModelProcess holding(List<Held> now) {
    return new ModelProcess(alive, cached, now, open);
  }

  ModelProcess opening(Map<String, Files> now) {
    return new ModelProcess(alive, cached, handles, now);
  }

  /** Whether READ or WRITE handles use this datastore. */
  public boolean uses(String name) {
    return count(name, Operation.READ) + count(name, Operation.WRITE) > 0;
  }

  /** The number of live handles. */
  public int count(String name, Operation operation) {
    return (int)
        handles.stream()
            .filter(h -> h.operation() == operation && h.section().name().equals(name))
            .count();
  }
}
