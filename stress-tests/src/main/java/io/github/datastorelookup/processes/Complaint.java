package io.github.datastorelookup.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datastorelookup.checks.InvariantViolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output of a worker, turned into a failure. */
final class Complaint {
  private static final Pattern VIOLATION =
      Pattern.compile(InvariantViolation.class.getName() + ": (INV-\\d+) broken: (.*)");
  private static final long SECONDS = 5;

  private Complaint() {}

  /** The violation of which the output tells; without one an {@link AssertionError} with it all. */
  static AssertionError of(String what, Process process, Path output) throws IOException {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) { // a worker that complains is about to end
        what += ", and goes on";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String said = Files.readString(output, UTF_8);
    Matcher violation = VIOLATION.matcher(said);
    return violation.find()
        ? new InvariantViolation(violation.group(1), violation.group(2)).after(what + ":\n" + said)
        : new AssertionError(what + " output:\n" + said);
  }

  /** The stacks of the threads of this JVM. */
  static String stacks(long pid) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
  }
}
