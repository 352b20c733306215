package io.github.datastorelookup.properties;

import io.github.datastorelookup.model.CommandText;
import io.github.datastorelookup.oracle.Sequence;

/** A sequence of commands as people write them, one in a line. */
final class CommandScript {
  private static final int PROCESSES = 2;

  private CommandScript() {}

  /** Runs it, on real registries and on the model beside them. */
  static void run(String lines) {
    Sequence.run(PROCESSES, lines.lines().map(CommandText::parse).toList());
  }
}
