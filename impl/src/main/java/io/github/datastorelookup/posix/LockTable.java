package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.datastorelookup.port.FileIdentity;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The POSIX record locks and their holders: {@code /proc/locks} of Linux at one moment. Reading it
 * touches no lock.
 *
 * <p>The table omits a process that this one cannot see (in another container), and a file whose
 * device number {@code stat} shows differently (btrfs, overlays). Hence a listed holder holds the
 * lock, but a process that is not listed may hold it too.
 */
public final class LockTable {
  /** Where Linux shows it. */
  public static final Path OF_LINUX = Path.of("/proc/locks");

  private static final int TYPE = 1;
  private static final int MODE = 3;
  private static final int PID = 4;
  private static final int FILE = 5;

  private final Map<String, Set<Long>> holders = new HashMap<>();
  private final Map<String, Set<Long>> sharers = new HashMap<>();

  private final boolean known;

  private LockTable(boolean known) {
    this.known = known;
  }

  /** Stands for a table that could not be read: lists no holders. */
  public static LockTable unknown() {
    return new LockTable(false);
  }

  /**
   * Reads the table.
   *
   * @param file {@link #OF_LINUX}, but in tests
   */
  public static LockTable read(Path file) throws IOException {
    byte[] text;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      text = in.readAllBytes();
    }
    LockTable table = new LockTable(true);
    for (String line : new String(text, US_ASCII).split("\n", -1)) {
      table.add(line.split(" +", -1));
    }
    return table;
  }

  // number: POSIX ADVISORY WRITE pid major:minor:inode start end; a waiter has "->" as type
  private void add(String[] fields) {
    if (fields.length > FILE
        && fields[TYPE].equals("POSIX")
        && fields[PID].matches("[0-9]{1,18}")) {
      long pid = Long.parseLong(fields[PID]);
      holders.computeIfAbsent(fields[FILE], file -> new TreeSet<>()).add(pid);
      if (fields[MODE].equals("READ")) {
        sharers.computeIfAbsent(fields[FILE], file -> new TreeSet<>()).add(pid);
      }
    }
  }

  /** Whether the table was read. */
  public boolean known() {
    return known;
  }

  /** The processes listed as holders of a lock on this file, in ascending order. */
  public Set<Long> holders(FileIdentity file) {
    return holders.getOrDefault(key(file), Set.of());
  }

  /** Those of the {@link #holders} that hold a shared lock. */
  public Set<Long> sharers(FileIdentity file) {
    return sharers.getOrDefault(key(file), Set.of());
  }

  private static String key(FileIdentity file) {
    return String.format(
        Locale.ROOT,
        "%02x:%02x:%s",
        DeviceNumber.major(file.device()),
        DeviceNumber.minor(file.device()),
        Long.toUnsignedString(file.inode()));
  }
}
