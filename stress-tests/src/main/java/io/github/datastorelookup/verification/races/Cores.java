package io.github.datastorelookup.verification.races;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cores on which actors of a race run side by side. */
public final class Cores {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** A line such as {@code Cpus_allowed: 00000000,00000003}. */
  private static final String ALLOWED = "Cpus_allowed:";

  private Cores() {}

  /**
   * How many there are for this process. The JVM's own number may be less, in a container, and more
   * with {@code -XX:ActiveProcessorCount}.
   */
  public static int usable() throws IOException {
    return Math.min(
        Runtime.getRuntime().availableProcessors(), allowed(Files.readAllLines(STATUS)));
  }

  static int allowed(List<String> status) throws IOException {
    for (String line : status) {
      if (line.startsWith(ALLOWED)) {
        String mask = line.substring(ALLOWED.length()).replace(",", "").strip();
        return new BigInteger(mask, 16).bitCount();
      }
    }
    throw new IOException("file=" + STATUS + " has no line " + ALLOWED);
  }
}
