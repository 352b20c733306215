package io.github.datastorelookup.races;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.Generations;
import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Ports;
import java.io.IOException;

/** Deliberately wrong: every second read gives what the one before it gave. For one thread. */
final class StaleGeneration implements Generation {
  private final Generation real;
  private boolean repeat;
  private long last;

  private StaleGeneration(Generation real) {
    this.real = real;
  }

  /**
   * These ports, with a counter that is read half as often as it is asked, and a slow clock: a warm
   * lookup asks for the time between its generation and its count.
   */
  static Ports bend(Ports p) {
    Generations stale =
        () -> {
          Generation real = p.generations().open();
          return real == null ? null : new StaleGeneration(real);
        };
    return new Ports(
        p.configFile(),
        p.locks(),
        stale,
        p.ledgers(),
        () -> {
          TwoProcesses.spin();
          return p.ticker().nanoTime();
        },
        p.mounts(),
        p.chunkStores(),
        p.seam());
  }

  @Override
  public long get() {
    if (!repeat) {
      last = real.get();
    }
    repeat = !repeat;
    return last;
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
}
