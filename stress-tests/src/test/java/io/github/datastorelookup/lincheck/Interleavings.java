package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.checks.Explored;
import io.github.datastorelookup.checks.InvariantViolation;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/**
 * Runs a small program of several threads in many interleavings.
 *
 * <p>Lincheck hands on what the program threw as text only, without a cause. Here a violation of
 * the oracle comes out as one again, with Lincheck's table of the interleaving below it.
 */
public final class Interleavings {
  private static final Pattern VIOLATION =
      Pattern.compile(
          "^" + Pattern.quote(InvariantViolation.class.getName()) + ": (INV-\\d+) broken: (.*)$",
          Pattern.MULTILINE);

  private Interleavings() {}

  /**
   * Explores.
   *
   * @param most how many interleavings at most
   * @param program starts threads, joins them, and throws when an invariant is broken
   */
  public static void explore(int most, Runnable program) {
    // Off the heap: Lincheck puts back every object before each interleaving.
    ByteBuffer explored = ByteBuffer.allocateDirect(Long.BYTES);
    try {
      Lincheck.runConcurrentTest(
          most,
          () -> {
            explored.putLong(0, explored.getLong(0) + 1);
            program.run();
          });
    } catch (LincheckAssertionError found) {
      Matcher violation = VIOLATION.matcher(String.valueOf(found.getMessage()));
      if (!violation.find()) {
        throw found;
      }
      InvariantViolation broken = new InvariantViolation(violation.group(1), violation.group(2));
      broken.addSuppressed(found);
      throw broken;
    } finally {
      Explored.add(explored.getLong(0));
    }
  }
}
