package io.github.datastorelookup.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The abstract state; immutable.
 *
 * @param file what the config file says
 * @param generation the shared counter
 * @param now seconds
 * @param ttl seconds
 * @param edits how many versions were written
 * @param lockFiles by path, the number of the {@code .lock} there
 * @param lastLockFile the highest number given
 * @param processes by number
 */
public record ModelState(
    ModelConfig file,
    long generation,
    long now,
    long ttl,
    int edits,
    Map<String, Integer> lockFiles,
    int lastLockFile,
    List<ModelProcess> processes) {
  /** Copies are kept, in an order that does not depend on hashes. */
  public ModelState {
    lockFiles = Collections.unmodifiableSortedMap(new TreeMap<>(lockFiles));
    processes = List.copyOf(processes);
  }

  /** No datastore, and so many processes that have just started. */
  public static ModelState initial(int processes, long ttl) {
    return new ModelState(
        ModelConfig.empty(),
        0,
        0,
        ttl,
        0,
        Map.of(),
        0,
        Collections.nCopies(processes, ModelProcess.started()));
  }

  ModelState file(ModelConfig next) {
    return new ModelState(next, generation, now, ttl, edits, lockFiles, lastLockFile, processes);
  }

  ModelState bumped(int by) {
    return new ModelState(
        file, generation + by, now, ttl, edits, lockFiles, lastLockFile, processes);
  }

  ModelState later(int seconds) {
    return new ModelState(
        file, generation, now + seconds, ttl, edits, lockFiles, lastLockFile, processes);
  }

  ModelState edited() {
    return new ModelState(
        file, generation, now, ttl, edits + 1, lockFiles, lastLockFile, processes);
  }

  ModelState newLockFile(String path) {
    Map<String, Integer> next = new TreeMap<>(lockFiles);
    next.put(path, lastLockFile + 1);
    return new ModelState(file, generation, now, ttl, edits, next, lastLockFile + 1, processes);
  }

  ModelState noLockFile(String path) {
    Map<String, Integer> next = new TreeMap<>(lockFiles);
    next.remove(path);
    return new ModelState(file, generation, now, ttl, edits, next, lastLockFile, processes);
  }

  ModelState process(int number, ModelProcess next) {
    List<ModelProcess> all = new ArrayList<>(processes);
    all.set(number, next);
    return new ModelState(file, generation, now, ttl, edits, lockFiles, lastLockFile, all);
  }
}
