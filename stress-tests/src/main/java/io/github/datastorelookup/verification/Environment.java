package io.github.datastorelookup.verification;

import io.github.datastorelookup.verification.races.Cores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/**
 * The environment of a run.
 *
 * @param cpu the processor's name, or {@code unknown}
 * @param cores how many this process may use
 * @param jdk vendor and version
 * @param os name and version of the kernel, and the architecture
 * @param commit the commit under test, or {@code unknown}; {@code -dirty-} and a digest of the
 *     difference follow if the working tree differs, and the mutant or the patch if the library has
 *     one
 * @param started when this JVM started, in UTC
 */
public record Environment(
    String cpu, int cores, String jdk, String os, String commit, String started) {

  /** The environment of this JVM. */
  public static Environment here(Path root) throws IOException {
    String change = System.getProperty(RunSettings.CHANGE, "");
    return new Environment(
        cpuName(),
        Cores.usable(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        commitOf(root) + (change.isEmpty() ? "" : "-" + change.replaceAll("[^\\w.-]", "-")),
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()).toString());
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch")); // arm64 has no names there
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String commitOf(Path root) {
    try {
      String commit = Git.output(root, "rev-parse", "HEAD").strip();
      String untracked = Git.output(root, "ls-files", "--others", "--exclude-standard", "-z");
      StringBuilder difference = new StringBuilder(Git.output(root, "diff", "HEAD"));
      for (StringTokenizer each = new StringTokenizer(untracked, "\0"); each.hasMoreTokens(); ) {
        String file = each.nextToken();
        difference.append(file).append(Git.output(root, "hash-object", file));
      }
      return difference.isEmpty() ? commit : commit + "-dirty-" + digest(difference.toString());
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
