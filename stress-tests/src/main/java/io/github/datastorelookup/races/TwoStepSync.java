package io.github.datastorelookup.races;

import io.github.datastorelookup.races.RaceFixture.SpinningSync;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Deliberately wrong: a map looks for a key before it puts it. */
class TwoStepSync extends SpinningSync {
  @Override
  public <K, V> ConcurrentMap<K, V> newMap(String name) {
    return new TwoSteps<>();
  }

  private static final class TwoSteps<K, V> extends ConcurrentHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
      V found = get(key);
      if (found == null) {
        Spin.awhile();
        put(key, value);
      }
      return found;
    }
  }
}
