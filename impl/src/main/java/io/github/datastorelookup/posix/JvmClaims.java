package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.FileIdentity;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The files and directories that this JVM may have only once, by device and inode: run directories
 * with a ledger of ours, ledgers of ours, lock files.
 *
 * <p>The one static state of the package, because what it guards belongs to the process. A copy of
 * the library in another class loader has its own and is not seen.
 */
final class JvmClaims {
  // The holder is kept here: a channel that became garbage would be closed, and its lock be gone.
  private static final ConcurrentMap<FileIdentity, Object> HOLDERS = new ConcurrentHashMap<>();

  private JvmClaims() {}

  /** Claims the file for this holder; false when somebody has it, the same holder included. */
  static boolean claim(FileIdentity file, Object holder) {
    return HOLDERS.putIfAbsent(file, holder) == null;
  }

  /** Whether somebody in this JVM has it: then it must not be opened. */
  static boolean holds(FileIdentity file) {
    return HOLDERS.containsKey(file);
  }

  /** Ends the claim if it is this holder's. */
  static void release(FileIdentity file, Object holder) {
    HOLDERS.remove(file, holder);
  }
}
