package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.oracle.Counterexample;
import io.github.datastorelookup.oracle.ScenarioText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs exactly the scenario and the schedule of a file. */
final class Replay {
  private Replay() {}

  /**
   * Runs it, and prints the violation with its story.
   *
   * @return whether all invariants hold
   * @throws IllegalArgumentException when the file holds no scenario
   */
  static boolean run(Path file, PrintStream out) throws IOException {
    Counterexample example = ScenarioText.parse(Files.readString(file));
    InvariantViolation violation = example.replay();
    out.println(violation == null ? "nothing is broken in " + file : violation.getMessage());
    return violation == null;
  }
}
