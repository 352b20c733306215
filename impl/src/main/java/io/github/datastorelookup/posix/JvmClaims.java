package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.FileIdentity;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The files and directories that this JVM may hold only once, by device and inode: run directories
 * with a ledger of this JVM, those ledgers, and lock files.
 *
 * <p>A lock belongs to the process, so a claim holds for the whole JVM. Each claim is also a system
 * property, which copies of the library in other class loaders see. Its value names the process
 * first, because another process may inherit the properties, and then the copy of the library.
 */
final class JvmClaims {
  /** Where a claim is in the system properties: the prefix of {@code <device>:<inode>}. */
  static final String PREFIX = "io.github.datastorelookup.claim.";

  private static final String PROCESS = ProcessId.self(ProcessId.PROC) + " ";
  private static final String MINE = PROCESS + SharedFiles.randomHex();

  // Keeps the holder reachable: a channel that became garbage would be closed and lose its lock.
  private static final ConcurrentMap<FileIdentity, Object> HOLDERS = new ConcurrentHashMap<>();

  private JvmClaims() {}

  /** Claims the file for this holder; false when any holder has it, also the same one. */
  static boolean claim(FileIdentity file, Object holder) {
    if (HOLDERS.putIfAbsent(file, holder) != null) {
      return false;
    }
    boolean claimed = false;
    try {
      claimed = claim(System.getProperties(), PREFIX + file);
      return claimed;
    } finally {
      if (!claimed) {
        HOLDERS.remove(file, holder);
      }
    }
  }

  private static boolean claim(Properties properties, String key) {
    Object before = properties.putIfAbsent(key, MINE);
    return before == null || (!isOfAnotherCopy(before) && properties.replace(key, before, MINE));
  }

  /**
   * False for another process, and for a claim of this copy that was restored after its release.
   */
  private static boolean isOfAnotherCopy(Object value) {
    return value instanceof String claim && claim.startsWith(PROCESS) && !claim.equals(MINE);
  }

  /** Whether this JVM has claimed the file: then it must not be opened. */
  static boolean holds(FileIdentity file) {
    return HOLDERS.containsKey(file)
        || isOfAnotherCopy(System.getProperties().getOrDefault(PREFIX + file, ""));
  }

  /** Ends the claim if this holder has it. */
  static void release(FileIdentity file, Object holder) {
    if (HOLDERS.get(file) == holder) {
      System.getProperties().remove(PREFIX + file, MINE);
      HOLDERS.remove(file, holder);
    }
  }
}
