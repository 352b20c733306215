package io.github.datastorelookup.specimens;

import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Sync.Mutex;
import io.github.datastorelookup.port.Sync.VolatileRef;

/**
 * PBS since 4.1.2: cached by generation and for 60 seconds of the wall clock; a load bumps only
 * when it finds another text under the same generation.
 *
 * <p>Right: lookups and drops without an edit before them read no config. All processes see manual
 * edits within the time to live, and leave each other's copies alone. A drop stores nothing, and
 * closes a datastore without a section. Wrong: all that {@link BaseSpecimen} lists, and P6.
 */
final class Pbs423 extends BaseSpecimen {
  private static final long TTL_SECONDS = 60;

  private final Mutex mutex;
  private final VolatileRef<Loaded> cache;

  Pbs423(Surroundings surroundings) {
    super(surroundings);
    this.mutex = ports.sync().newMutex("mutex");
    this.cache = ports.sync().newVolatileRef("cached config", null);
  }

  private Loaded cached(boolean store) {
    mutex.lock();
    try {
      Generation counter = source.generation();
      if (counter == null) {
        cache.set(null);
        return source.read();
      }
      Loaded cached = cache.get();
      long now = clock.epochSeconds();
      long generation = counter.get();
      if (cached != null
          && cached.isOf(generation)
          && now - cached.loadedAt() < TTL_SECONDS) { // P6: no lower bound
        return cached;
      }
      Loaded read = source.read();
      if (!store) {
        return read;
      }
      if (cached != null && cached.isOf(generation) && !cached.digest().equals(read.digest())) {
        generation = counter.increment(); // a manual edit: let every process notice
      }
      Loaded stored = new Loaded(read.config(), read.digest(), generation, now);
      cache.set(stored);
      return stored;
    } finally {
      mutex.unlock();
    }
  }

  @Override
  Loaded atLookup() {
    return cached(true);
  }

  @Override
  Loaded atDrop() {
    return cached(false);
  }

  @Override
  boolean dropClosesWhatIsGone() {
    return true;
  }
}
