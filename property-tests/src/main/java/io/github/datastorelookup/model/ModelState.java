package io.github.datastorelookup.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The abstract state; immutable.
 *
 * @param file what the config file says
 * @param unreadable whether the config file can neither be read nor replaced
 * @param generation the shared counter
 * @param now seconds
 * @param ttl seconds
 * @param edits how many versions were written
 * @param disk the files of the datastores
 * @param processes by number
 */
public record ModelState(
    ModelConfig file,
    boolean unreadable,
    long generation,
    long now,
    long ttl,
    int edits,
    ModelDisk disk,
    List<ModelProcess> processes) {
  /** A copy of the list is kept. */
  public ModelState {
    processes = List.copyOf(processes);
  }

  /** No datastore, and so many processes that have just started. */
  public static ModelState initial(int processes, long ttl) {
    List<ModelProcess> all = Collections.nCopies(processes, ModelProcess.started(true));
    return new ModelState(ModelConfig.empty(), false, 0, 0, ttl, 0, ModelDisk.empty(), all);
  }

  ModelState file(ModelConfig next) {
    return new ModelState(next, unreadable, generation, now, ttl, edits, disk, processes);
  }

  ModelState unreadable(boolean next) {
    return new ModelState(file, next, generation, now, ttl, edits, disk, processes);
  }

  ModelState bumped(int by) {
    return new ModelState(file, unreadable, generation + by, now, ttl, edits, disk, processes);
  }

  ModelState later(int seconds) {
    return new ModelState(file, unreadable, generation, now + seconds, ttl, edits, disk, processes);
  }

  ModelState edited() {
    return new ModelState(file, unreadable, generation, now, ttl, edits + 1, disk, processes);
  }

  ModelState disk(ModelDisk next) {
    return new ModelState(file, unreadable, generation, now, ttl, edits, next, processes);
  }

  ModelProcess process(int number) {
    return processes.get(number);
  }

  ModelState process(int number, ModelProcess next) {
    List<ModelProcess> all = new ArrayList<>(processes);
    all.set(number, next);
    return new ModelState(file, unreadable, generation, now, ttl, edits, disk, all);
  }

  ModelState process(int number, UnaryOperator<ModelProcess> change) {
    return process(number, change.apply(process(number)));
  }
}
