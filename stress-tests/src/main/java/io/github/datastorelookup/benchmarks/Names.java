package io.github.datastorelookup.benchmarks;

import java.util.Locale;
import java.util.Random;

/** Names of datastores in the order in which one thread uses them: uniform, drawn in advance. */
final class Names {
  private static final int DRAWN = 1 << 14;

  private final String[] names;
  private final int[] drawn = new int[DRAWN];
  private int next;

  /**
   * Draws the names.
   *
   * @param names all names; the thread uses its share of them
   * @param thread number of the thread
   * @param threads how many threads share the names; 1 if each uses all
   */
  Names(String[] names, int thread, int threads) {
    this.names = names;
    Random random = new Random(thread);
    int own = (names.length - thread + threads - 1) / threads;
    for (int i = 0; i < DRAWN; i++) {
      drawn[i] = thread + threads * random.nextInt(own);
    }
  }

  /** The next name. */
  String next() {
    int at = next;
    next = (at + 1) & (DRAWN - 1);
    return names[drawn[at]];
  }

  /** All names; new objects at each call, as real names come from requests. */
  static String[] of(int datastores) {
    String[] names = new String[datastores];
    for (int i = 0; i < datastores; i++) {
      names[i] = String.format(Locale.ROOT, "store-%05d", i);
    }
    return names;
  }
}
