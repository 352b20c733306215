package io.github.datastorelookup.races;

import io.github.datastorelookup.port.Generations.Generation;
import io.github.datastorelookup.port.Ports;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who comes in between two looks at the generation, those of one thread: once armed, he
 * does what he does just before that thread's second look.
 */
final class Overtaking {
  private final Runnable rival;
  private volatile @Nullable Thread overtaken;
  private int looksToGo;

  /** Overtakes by doing this. */
  Overtaking(Runnable rival) {
    this.rival = rival;
  }

  /** The ports of the process that is overtaken. */
  Ports bend(Ports p) {
    return p.withGenerations(BentGeneration.bent(p.generations(), Overtaken::new));
  }

  /** From now on, this thread. */
  void arm() {
    looksToGo = 2;
    overtaken = Thread.currentThread();
  }

  private void look() {
    if (overtaken == Thread.currentThread() && --looksToGo == 0) {
      overtaken = null;
      rival.run();
    }
  }

  private final class Overtaken extends BentGeneration {
    Overtaken(Generation real) {
      super(real);
    }

    @Override
    public long get() {
      look();
      return real.get();
    }
  }
}
