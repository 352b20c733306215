package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;

/**
 * The second version of the patch series, as it was sent for review in November 2025: the parsed
 * file is cached with its generation.
 *
 * <p>Right: a lookup without an edit before it reads no file. Wrong: all that {@link BaseSpecimen}
 * lists; no process sees a manual edit, or a save that crashes before its bump (P17 without an
 * end); a drop still reads the file. A lookup reads the generation before it takes the mutex:
 * harmless under the config lock that each lookup holds, one more read without it.
 */
final class SeriesV2 extends BaseSpecimen {
  private final Mutex mutex;
  private final VolatileRef<Loaded> cache;

  SeriesV2(Surroundings surroundings) {
    super(surroundings);
    this.mutex = ports.sync().newMutex("mutex");
    this.cache = ports.sync().newVolatileRef("cached config", null);
  }

  @Override
  Loaded atLookup() {
    Generation counter = source.generation();
    if (counter == null) {
      mutex.lock();
      try {
        cache.set(null);
      } finally {
        mutex.unlock();
      }
      return source.read();
    }
    long now = counter.get(); // too early: before the mutex
    mutex.lock();
    try {
      Loaded cached = cache.get();
      if (cached != null && cached.isOf(now)) {
        return cached;
      }
      Loaded read = source.read();
      Loaded stored = new Loaded(read.config(), read.digest(), now, 0);
      cache.set(stored);
      return stored;
    } finally {
      mutex.unlock();
    }
  }

  @Override
  Loaded atDrop() {
    return source.read();
  }
}
