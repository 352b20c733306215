package io.github.datastorelookup.races;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.port.Generations.Generation;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A correct generation, except for the overridden methods. For one thread. */
class WeakenedGeneration implements Generation {
  final Generation real;

  WeakenedGeneration(Generation real) {
    this.real = real;
  }

  @Override
  public long get() {
    return real.get();
  }

  @Override
  public long increment() {
    return real.increment();
  }

  @Override
  public FileIdentity identity() {
    return real.identity();
  }

  @Override
  public boolean inPlace() throws IOException {
    return real.inPlace();
  }

  /** Every second look gives what the one before it gave. */
  static Generations repeated(Generations real) {
    return weakened(real, Repeated::new);
  }

  /** No other process sees what this one counts. */
  static Generations own(Generations real) {
    return weakened(real, Own::new);
  }

  static Generations weakened(Generations real, UnaryOperator<Generation> weaken) {
    return () -> {
      Generation generation = real.open();
      return generation == null ? null : weaken.apply(generation);
    };
  }

  private static final class Repeated extends WeakenedGeneration {
    private boolean repeat;
    private long last;

    Repeated(Generation real) {
      super(real);
    }

    @Override
    public long get() {
      if (!repeat) {
        last = real.get();
      }
      repeat = !repeat;
      return last;
    }
  }

  private static final class Own extends WeakenedGeneration {
    private volatile long value;

    Own(Generation real) {
      super(real);
      this.value = real.get();
    }

    @Override
    public long get() {
      return value;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // with the config lock held
    public long increment() {
      return ++value;
    }
  }
}
