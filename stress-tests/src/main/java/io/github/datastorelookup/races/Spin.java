package io.github.datastorelookup.races;

import java.util.concurrent.ThreadLocalRandom;

/** Makes a thread busy for a while: races are over in microseconds, so no thread may sleep. */
final class Spin {
  private static final int SHORT = 40;
  private static final int LONG = 1000;

  private Spin() {}

  /** For any time up to that of a few accesses of a rival. */
  static void shortly() {
    spin(SHORT);
  }

  /**
   * For any time up to that of a save. A quick thread begins with this, or it would meet its rival
   * at the first step only.
   */
  static void awhile() {
    spin(LONG);
  }

  /** For any time up to that of a few saves. */
  static void longer() {
    spin(3 * LONG);
  }

  private static void spin(int most) {
    for (int i = ThreadLocalRandom.current().nextInt(most); i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
