package io.github.datastorelookup.posix;

import java.nio.file.Path;

/** A process that is killed just before a file call of a step. */
final class KilledMain {
  /** The exit code of one that was killed. */
  static final int KILLED = 9;

  private KilledMain() {}

  /** Arguments: the directory with the config, the step, and which of its file calls. */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    int nth = Integer.parseInt(arguments[2]);
    FaultyFiles files = new FaultyFiles();
    FileStep.valueOf(arguments[1])
        .run(
            home,
            () -> files.open(home),
            () -> files.actAt(nth, () -> Runtime.getRuntime().halt(KILLED)));
  }
}
