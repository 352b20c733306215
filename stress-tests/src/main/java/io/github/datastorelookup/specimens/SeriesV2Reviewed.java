package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;

/**
 * The cache of {@link SeriesV2} as its reviewer sketched it, with the time to live of a later patch
 * of that series: the mutex first, then the counter, one branch with a counter and one without.
 *
 * <p>Right: processes see manual edits within the time to live, unless the wall clock is set back.
 * Wrong: all that {@link BaseSpecimen} lists, and P6. Every reload bumps, so each process's reload
 * invalidates the copies of all others, for ever. A drop, which holds no lock, bumps and stores
 * too, perhaps an old text under a new generation.
 */
final class SeriesV2Reviewed extends BaseSpecimen {
  private static final long TTL_SECONDS = 60;

  private final Mutex mutex;
  private final VolatileRef<Loaded> cache;

  SeriesV2Reviewed(Surroundings surroundings) {
    super(surroundings);
    this.mutex = ports.sync().newMutex("mutex");
    this.cache = ports.sync().newVolatileRef("cached config", null);
  }

  private Loaded cached() {
    mutex.lock();
    try {
      Generation counter = source.generation();
      if (counter == null) {
        cache.set(null);
        return source.read();
      }
      Loaded cached = cache.get();
      long now = clock.epochSeconds();
      if (cached != null && cached.isOf(counter.get()) && now - cached.loadedAt() < TTL_SECONDS) {
        return cached;
      }
      Loaded read = source.read();
      Loaded stored = new Loaded(read.config(), read.digest(), counter.increment(), now);
      cache.set(stored);
      return stored;
    } finally {
      mutex.unlock();
    }
  }

  @Override
  Loaded atLookup() {
    return cached();
  }

  @Override
  Loaded atDrop() {
    return cached();
  }
}
