package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process, identified by its pid, its start time and its pid namespace, as pids are reused.
 * Written as {@code <pid>-<start>-<namespace>}, with which the name of a ledger begins.
 *
 * <p>Source of the start time: field 22 of {@code /proc/<pid>/stat}, in ticks since boot. The
 * instant of a {@code ProcessHandle} is no substitute: it follows the wall clock.
 *
 * @param pid in its own pid namespace
 * @param start in ticks since boot, or 0
 * @param namespace inode of its pid namespace, or 0
 */
record ProcessId(long pid, long start, long namespace) {
  /** Where Linux shows processes. */
  static final Path PROC = Path.of("/proc");

  /** Layout 1 had neither start nor namespace in its names. */
  private static final Pattern LEDGER =
      Pattern.compile("([1-9]\\d{0,17})-(?:(\\d{1,18})-(\\d{1,18})-)?[0-9a-f]{16}\\.ops");

  private static final long EXITING = 0x4; // PF_EXITING

  /** Indices of the fields of {@code stat}, counted after the command's name. */
  private static final int STATE = 0;

  private static final int FLAGS = 6;
  private static final int START = 19;

  /** This process, with start and namespace if this {@code /proc} shows its pid namespace. */
  static ProcessId self(Path proc) {
    long pid = ProcessHandle.current().pid();
    try {
      Path self = proc.resolve("self");
      if (Files.readSymbolicLink(self).equals(Path.of(String.valueOf(pid)))) {
        String space = Files.readSymbolicLink(self.resolve("ns/pid")).toString();
        Matcher inode = Pattern.compile("pid:\\[(\\d{1,18})\\]").matcher(space);
        if (inode.matches()) {
          long start = Long.parseLong(fields(self.resolve("stat"))[START]);
          return new ProcessId(pid, start, Long.parseLong(inode.group(1)));
        }
      }
    } catch (IOException | RuntimeException e) {
      // No /proc, or one that hides this: the lock alone shows which process is alive.
    }
    return new ProcessId(pid, 0, 0);
  }

  /** The owner of a ledger of this name, or null for the name of another file. */
  static @Nullable ProcessId ofLedger(Path path) {
    Matcher name = LEDGER.matcher(String.valueOf(path.getFileName()));
    return name.matches()
        ? new ProcessId(number(name.group(1)), number(name.group(2)), number(name.group(3)))
        : null;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Whether start and namespace are known, so that no other process is equal to this one. */
  boolean isKnown() {
    return start != 0 && namespace != 0;
  }

  /**
   * Whether exactly this process runs, as {@code self} sees it. A zombie and a process that is
   * exiting do not run: they release their locks, or have released them. Also false when {@code
   * self} cannot see it: in another pid namespace, or when the process is hidden.
   *
   * @throws IOException when {@code /proc} shows the process but cannot be read
   */
  boolean runs(ProcessId self, Path proc) throws IOException {
    if (!isKnown() || namespace != self.namespace) {
      return false;
    }
    Path stat = proc.resolve(String.valueOf(pid)).resolve("stat");
    String[] fields;
    try {
      fields = fields(stat);
    } catch (IOException e) {
      if (Files.exists(stat)) {
        throw e;
      }
      return false;
    }
    char state = fields[STATE].charAt(0);
    return Long.parseLong(fields[START]) == start
        && state != 'Z'
        && state != 'X'
        && (Long.parseLong(fields[FLAGS]) & EXITING) == 0;
  }

  /** The fields after the command's name, which may contain any character. */
  private static String[] fields(Path stat) throws IOException {
    try (FileInputStream in = new FileInputStream(stat.toFile())) {
      String text = new String(in.readAllBytes(), ISO_8859_1);
      String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
      if (fields.length <= START) {
        throw SharedFiles.refuse(stat, "is not a process status: fields=" + fields.length);
      }
      return fields;
    } catch (FileNotFoundException e) {
      throw SharedFiles.refuse(stat, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return pid + "-" + start + "-" + namespace;
  }
}
