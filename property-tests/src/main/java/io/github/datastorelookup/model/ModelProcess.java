package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The model of one process; immutable.
 *
 * @param life whether it runs
 * @param shared its part of the state that all processes share
 * @param cached its last load, or null
 * @param seen the config that it asked for last, or null
 * @param handles the live handles, oldest first
 * @param open the open files, by datastore
 * @param slots the datastores that have an entry in its ledger
 */
public record ModelProcess(
    Life life,
    ModelSharedState shared,
    @Nullable Cached cached,
    @Nullable ModelConfig seen,
    List<Held> handles,
    Map<String, Files> open,
    Set<String> slots) {
  /** The lives of a process. */
  public enum Life {
    /** Its registry is open. */
    RUNNING,
    /** Its registry was closed. */
    CLOSED,
    /** It was killed. */
    DEAD
  }

  /**
   * A load.
   *
   * @param generation the label
   * @param loadedAt nanoseconds
   * @param number the number of this load in its process
   * @param since by datastore, the load since which its section is the same
   */
  public record Cached(
      ModelConfig config, long generation, long loadedAt, int number, Map<String, Integer> since) {
    /** Keeps a copy, in an order that does not depend on hashes. */
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
   * An open chunk store.
   *
   * @param lockFile the number of its {@code .lock}
   * @param since the load since which its section is the same
   * @param writable whether it serves WRITE too
   */
  public record Files(String path, int lockFile, int since, boolean writable) {
    boolean serves(Operation operation) {
      return writable || operation == Operation.READ;
    }

    /** Whether it is at the path of this section, and on this {@code .lock}. */
    boolean at(ModelConfig.Section wanted, int wantedLockFile) {
      return path.equals(wanted.path()) && lockFile == wantedLockFile;
    }
  }

  /** Keeps copies, in an order that does not depend on hashes. */
  public ModelProcess {
    handles = List.copyOf(handles);
    open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
    slots = Collections.unmodifiableSortedSet(new TreeSet<>(slots));
  }

  /** A process that has just started. */
  public static ModelProcess started(boolean counter) {
    return fresh(Life.RUNNING, ModelSharedState.found(counter));
  }

  /** A process that was killed. */
  static ModelProcess dead() {
    return fresh(Life.DEAD, ModelSharedState.found(false));
  }

  private static ModelProcess fresh(Life life, ModelSharedState shared) {
    return new ModelProcess(life, shared, null, null, List.of(), Map.of(), Set.of());
  }

  /** Whether it was not killed. */
  public boolean alive() {
    return life != Life.DEAD;
  }

  /** Whether its registry was closed. */
  public boolean closed() {
    return life == Life.CLOSED;
  }

  /** Whether other processes see its words. */
  public boolean listed() {
    return alive() && !shared.ledgerLost() && !(closed() && open.isEmpty());
  }

  ModelProcess closing() {
    return new ModelProcess(Life.CLOSED, shared, cached, seen, handles, open, slots);
  }

  /** Opens another registry after the last one; keeps the handles that are not counted. */
  ModelProcess reopened(boolean counter) {
    ModelSharedState found =
        ModelSharedState.found(counter).full(shared.ledgerFull()).limited(shared.mostFiles());
    return new ModelProcess(Life.RUNNING, found, null, null, handles, Map.of(), Set.of());
  }

  ModelProcess caching(Cached now) {
    return new ModelProcess(life, shared, now, seen, handles, open, slots);
  }

  ModelProcess seeing(ModelConfig now) {
    return new ModelProcess(life, shared, cached, now, handles, open, slots);
  }

  ModelProcess holding(List<Held> now) {
    return new ModelProcess(life, shared, cached, seen, now, open, slots);
  }

  ModelProcess opening(Map<String, Files> now) {
    return new ModelProcess(life, shared, cached, seen, handles, now, slots);
  }

  ModelProcess counting(String name) {
    Set<String> now = new TreeSet<>(slots);
    now.add(name);
    return new ModelProcess(life, shared, cached, seen, handles, open, now);
  }

  ModelProcess sharing(ModelSharedState now) {
    return new ModelProcess(life, now, cached, seen, handles, open, slots);
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
