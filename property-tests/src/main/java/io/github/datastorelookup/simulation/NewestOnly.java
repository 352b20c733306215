package io.github.datastorelookup.simulation;

import org.jspecify.annotations.Nullable;

/** A cell that forgets older values. */
final class NewestOnly<V> implements Memory.Cell<V> {
  private V value;

  NewestOnly(V initial) {
    value = initial;
  }

  @Override
  public V load(String place) {
    return value;
  }

  @Override
  public void store(String place, V next) {
    value = next;
  }

  @Override
  public void update(@Nullable String place, V next) {
    value = next;
  }

  @Override
  public V newest() {
    return value;
  }
}
