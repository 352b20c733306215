package io.github.datastorelookup.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The abstract state; immutable.
 *
 * @param file what the config file says
 * @param access who may read it, and write it
 * @param generation the shared counter
 * @param now nanoseconds
 * @param ttl nanoseconds
 * @param edits how many versions were written
 * @param disk the files of the datastores
 * @param processes by number
 */
public record ModelState(
    ModelConfig file,
    Access access,
    long generation,
    long now,
    long ttl,
    int edits,
    ModelDisk disk,
    List<ModelProcess> processes) {
  /**
   * What can be done with the config.
   *
   * @param unreadable whether the file can neither be read nor replaced
   * @param locked whether another program has the config lock
   */
  public record Access(boolean unreadable, boolean locked) {}

  /** A copy of the list is kept. */
  public ModelState {
    processes = List.copyOf(processes);
  }

  /** No datastore, and so many processes that have just started; the TTL in seconds. */
  public static ModelState initial(int processes, long ttl) {
    List<ModelProcess> all = Collections.nCopies(processes, ModelProcess.started(true));
    Access free = new Access(false, false);
    long nanos = Duration.ofSeconds(ttl).toNanos();
    return new ModelState(ModelConfig.empty(), free, 0, 0, nanos, 0, ModelDisk.empty(), all);
  }

  /** The same at another time. The model does not know how long a command takes: it is told. */
  public ModelState at(long nanos) {
    return new ModelState(file, access, generation, nanos, ttl, edits, disk, processes);
  }

  /** Why this process cannot have the config now, or null. */
  @Nullable String fault(ModelProcess p) {
    boolean gone = // a missing file is no empty one for who knows of sections
        file.form() == ModelConfig.Form.GONE
            && p.cached() != null
            && !p.cached().config().sections().isEmpty();
    return access.unreadable() || gone
        ? "ConfigUnavailable"
        : file.broken() ? "ConfigInvalid" : null;
  }

  ModelState file(ModelConfig next) {
    return new ModelState(next, access, generation, now, ttl, edits, disk, processes);
  }

  ModelState access(boolean unreadable, boolean locked) {
    Access next = new Access(unreadable, locked);
    return new ModelState(file, next, generation, now, ttl, edits, disk, processes);
  }

  ModelState bumped(int by) {
    return new ModelState(file, access, generation + by, now, ttl, edits, disk, processes);
  }

  ModelState later(int seconds) {
    return at(now + Duration.ofSeconds(seconds).toNanos());
  }

  ModelState edited() {
    return new ModelState(file, access, generation, now, ttl, edits + 1, disk, processes);
  }

  ModelState disk(ModelDisk next) {
    return new ModelState(file, access, generation, now, ttl, edits, next, processes);
  }

  ModelProcess process(int number) {
    return processes.get(number);
  }

  ModelState process(int number, ModelProcess next) {
    List<ModelProcess> all = new ArrayList<>(processes);
    all.set(number, next);
    return new ModelState(file, access, generation, now, ttl, edits, disk, all);
  }

  ModelState process(int number, UnaryOperator<ModelProcess> change) {
    return process(number, change.apply(process(number)));
  }
}
