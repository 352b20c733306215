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
 * @param file the content of the config file
 * @param access whether processes can read it, and lock it
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
   * The access to the config.
   *
   * @param unreadable whether the file can neither be read nor replaced
   * @param locked whether another program holds the config lock
   * @param unsynced how many of the next saves take effect, but are not known to be durable
   */
  public record Access(boolean unreadable, boolean locked, int unsynced) {}

  /** Keeps a copy of the list. */
  public ModelState {
    processes = List.copyOf(processes);
  }

  /** No datastore, and this many processes that have just started; the TTL is in seconds. */
  public static ModelState initial(int processes, long ttl) {
    List<ModelProcess> all = Collections.nCopies(processes, ModelProcess.started(true));
    Access free = new Access(false, false, 0);
    long nanos = Duration.ofSeconds(ttl).toNanos();
    return new ModelState(ModelConfig.empty(), free, 0, 0, nanos, 0, ModelDisk.empty(), all);
  }

  /** The same at another time. The caller passes it, as the model does not measure commands. */
  public ModelState at(long nanos) {
    return new ModelState(file, access, generation, nanos, ttl, edits, disk, processes);
  }

  /** Why this process cannot read the config now, or null. */
  @Nullable String fault(ModelProcess p) {
    boolean gone = // for a process that knows sections, missing is not empty
        file.form() == ModelConfig.Form.GONE && p.shared().sectionsKnown();
    return access.unreadable() || gone || file.form() == ModelConfig.Form.ZERO_BYTES
        ? "ConfigUnavailable"
        : file.broken() ? "ConfigInvalid" : null;
  }

  ModelState file(ModelConfig next) {
    return new ModelState(next, access, generation, now, ttl, edits, disk, processes);
  }

  ModelState access(boolean unreadable, boolean locked, int unsynced) {
    Access next = new Access(unreadable, locked, unsynced);
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
