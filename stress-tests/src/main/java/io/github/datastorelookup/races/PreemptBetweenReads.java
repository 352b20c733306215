package io.github.datastorelookup.races;

import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Ports;
import org.jspecify.annotations.Nullable;

/**
 * Runs a rival between two reads of the generation by one thread: once armed, the rival acts just
 * before the second read of that thread.
 */
final class PreemptBetweenReads {
  private final Runnable rival;
  private volatile @Nullable Thread preempted;
  private int looksToGo;

  /** Preempts by doing this. */
  PreemptBetweenReads(Runnable rival) {
    this.rival = rival;
  }

  /** The ports of the process that is preempted. */
  Ports weaken(Ports p) {
    return p.withGenerations(
        WeakenedGeneration.weakened(p.generations(), PreemptedGeneration::new));
  }

  /** Preempts the calling thread from now on. */
  void arm() {
    looksToGo = 2;
    preempted = Thread.currentThread();
  }

  private void look() {
    if (preempted == Thread.currentThread() && --looksToGo == 0) {
      preempted = null;
      rival.run();
    }
  }

  private final class PreemptedGeneration extends WeakenedGeneration {
    PreemptedGeneration(Generation real) {
      super(real);
    }

    @Override
    public long get() {
      look();
      return real.get();
    }
  }
}
