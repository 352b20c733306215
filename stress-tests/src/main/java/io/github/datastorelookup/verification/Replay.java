package io.github.datastorelookup.verification;

import io.github.datastorelookup.checks.InvariantViolation;
import io.github.datastorelookup.oracle.ScenarioText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs exactly the scenario and the schedule of a file. */
final class Replay {
  private static final Pattern MUTANT = Pattern.compile("-Dmutant=[a-z0-9-]+");

  private Replay() {}

  /** Replays a file on the library of this JVM; the argument is its path. */
  public static void main(String[] args) throws IOException {
    boolean held = run(Path.of(args[0]), System.out);
    System.exit((held ? RunVerdict.PASSED : RunVerdict.FAILED).exitCode());
  }

  /**
   * Runs it, and prints the violation with its story.
   *
   * @return whether all invariants hold
   * @throws IllegalArgumentException when the file holds no scenario
   */
  static boolean run(Path file, PrintStream out) throws IOException {
    String text = Files.readString(file);
    InvariantViolation violation = ScenarioText.parse(text).replay();
    if (violation != null) {
      out.println(violation.getMessage());
      return false;
    }
    Matcher mutant = MUTANT.matcher(text);
    boolean other = mutant.find() && System.getProperty(RunSettings.CHANGE, "").isEmpty();
    out.println("nothing is broken in " + file);
    out.println(other ? "the file is of a library with a mutant: add " + mutant.group() : "");
    return true;
  }
}
