package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.FileIdentity;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The files and directories that this JVM may hold only once, by device and inode: run directories
 * with a ledger of this JVM, those ledgers, lock files.
 *
 * <p>Static, because it guards what belongs to the process. A copy of the library in another class
 * loader has claims of its own, which this one does not see.
 */
final class JvmClaims {
  // Keeps the holder reachable: a channel that became garbage would be closed and lose its lock.
  private static final ConcurrentMap<FileIdentity, Object> HOLDERS = new ConcurrentHashMap<>();

  private JvmClaims() {}

  /** Claims the file for this holder; false when a holder has it, even the same one. */
  static boolean claim(FileIdentity file, Object holder) {
    return HOLDERS.putIfAbsent(file, holder) == null;
  }

  /** Whether this JVM has claimed the file: then it must not be opened. */
  static boolean holds(FileIdentity file) {
    return HOLDERS.containsKey(file);
  }

  /** Ends the claim if this holder has it. */
  static void release(FileIdentity file, Object holder) {
    HOLDERS.remove(file, holder);
  }
}
