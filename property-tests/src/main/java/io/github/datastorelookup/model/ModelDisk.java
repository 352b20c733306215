package io.github.datastorelookup.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The disks of the datastores; immutable.
 *
 * @param lockFiles by path, the number of the {@code .lock} there
 * @param last the highest number assigned
 * @param mounted the removable datastores that are known to be mounted
 * @param failing the paths at which nothing can be opened
 * @param readOnly the paths of read-only disks
 */
public record ModelDisk(
    Map<String, Integer> lockFiles,
    int last,
    Set<String> mounted,
    Set<String> failing,
    Set<String> readOnly) {
  /** Keeps copies, in an order that does not depend on hashes. */
  public ModelDisk {
    lockFiles = Collections.unmodifiableSortedMap(new TreeMap<>(lockFiles));
    mounted = Collections.unmodifiableSortedSet(new TreeSet<>(mounted));
    failing = Collections.unmodifiableSortedSet(new TreeSet<>(failing));
    readOnly = Collections.unmodifiableSortedSet(new TreeSet<>(readOnly));
  }

  static ModelDisk empty() {
    return new ModelDisk(Map.of(), 0, Set.of(), Set.of(), Set.of());
  }

  /** Creates {@code .lock}, unless it exists. */
  ModelDisk with(String path) {
    return lockFiles.containsKey(path) ? this : withNew(path);
  }

  ModelDisk withNew(String path) {
    Map<String, Integer> next = new TreeMap<>(lockFiles);
    next.put(path, last + 1);
    return new ModelDisk(next, last + 1, mounted, failing, readOnly);
  }

  ModelDisk without(String path) {
    Map<String, Integer> next = new TreeMap<>(lockFiles);
    next.remove(path);
    return new ModelDisk(next, last, mounted, failing, readOnly);
  }

  ModelDisk alias(String path, String existing) {
    Integer number = lockFiles.get(existing);
    if (number == null) {
      return this;
    }
    Map<String, Integer> next = new TreeMap<>(lockFiles);
    next.put(path, number);
    return new ModelDisk(next, last, mounted, failing, readOnly);
  }

  /** Moves the data, if there is any. */
  ModelDisk moved(String from, String to) {
    return from.equals(to) || !lockFiles.containsKey(from) ? this : alias(to, from).without(from);
  }

  ModelDisk mount(String name, boolean nowMounted) {
    return new ModelDisk(lockFiles, last, with(mounted, name, nowMounted), failing, readOnly);
  }

  ModelDisk fail(String path, boolean fails) {
    return new ModelDisk(lockFiles, last, mounted, with(failing, path, fails), readOnly);
  }

  ModelDisk readOnly(String path, boolean only) {
    return new ModelDisk(lockFiles, last, mounted, failing, with(readOnly, path, only));
  }

  private static Set<String> with(Set<String> some, String one, boolean there) {
    Set<String> next = new TreeSet<>(some);
    if (there) {
      next.add(one);
    } else {
      next.remove(one);
    }
    return next;
  }
}
