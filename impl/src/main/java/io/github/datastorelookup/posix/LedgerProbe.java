package io.github.datastorelookup.posix;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.posix.SharedFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Finds out whether the process of a ledger is dead. The caller needs no lock. A probe requests a
 * shared lock, which excludes the owner but no other prober.
 *
 * <p>Java refuses a second lock on a file in one JVM, even a shared one. So one thread of the JVM
 * probes at a time. The monitor is an interned string, the same in all class loaders.
 *
 * @param self this process
 * @param proc where Linux shows processes
 */
record LedgerProbe(ProcessId self, Path proc) {
  private static final String ONE_AT_A_TIME = "io.github.datastorelookup.posix.LedgerProbe";

  /** A probe of this process. */
  static LedgerProbe ofThisProcess() {
    return new LedgerProbe(ProcessId.self(ProcessId.PROC), ProcessId.PROC);
  }

  /** Whether this JVM owns the ledger, and must not open it. */
  boolean isOwn(ProcessId owner) {
    return self.isKnown() && self.equals(owner);
  }

  /**
   * Whether the owner is dead or closed its ledger: then its words never count again.
   *
   * @param path with the name of a ledger
   * @param identity of the file there, which is not a ledger of this JVM
   * @param mark whether to write the end mark into the ledger of a dead process, if possible
   * @throws IOException when the owner runs without its lock, or when it cannot be determined
   */
  boolean isDead(Path path, FileIdentity identity, boolean mark) throws IOException {
    synchronized (ONE_AT_A_TIME) {
      OpenFile file;
      try {
        file = open(path, mark);
      } catch (NoSuchFileException e) {
        return true; // closed or found dead; no process reuses the name
      }
      try (FileChannel channel = file.channel()) {
        if (!file.identity().equals(identity)) {
          throw SharedFiles.refuse(path, "ledger was replaced: expected=" + identity);
        }
        if (SharedFiles.tryLock(channel, 0, Long.MAX_VALUE, true) == null) {
          return false;
        }
        if (!SharedFiles.isAt(path, identity) || hasEnded(channel)) {
          return true;
        }
        requireNotRunning(path);
        if (mark) {
          mark(channel);
        }
        return true;
      }
    }
  }

  /**
   * Whether something other than a file is there, which no process can have locked as its ledger.
   */
  static boolean isNoFile(Path path) {
    return Files.exists(path, NOFOLLOW_LINKS) && !Files.isRegularFile(path, NOFOLLOW_LINKS);
  }

  /** Refuses when the process in this name runs, although it holds no lock there. */
  void requireNotRunning(Path path) throws IOException {
    ProcessId owner = ProcessId.ofLedger(path);
    if (owner != null && owner.runs(self, proc)) {
      throw SharedFiles.refuse(
          path, "process " + owner.pid() + " lost its lock on this ledger: restart that process");
    }
  }

  /** Reading is enough to probe, so that a ledger of another user can be probed as well. */
  private static OpenFile open(Path path, boolean mark) throws IOException {
    try {
      return mark ? SharedFiles.open(path, READ, WRITE) : SharedFiles.open(path, READ);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return SharedFiles.open(path, READ);
    }
  }

  private static boolean hasEnded(FileChannel channel) throws IOException {
    ByteBuffer header =
        ByteBuffer.allocate(LedgerLayout.HEADER_SIZE).order(ByteOrder.nativeOrder());
    int read = 0;
    while (read >= 0 && header.hasRemaining()) {
      read = channel.read(header, header.position());
    }
    return !header.hasRemaining()
        && header.getLong(LedgerLayout.MAGIC) == LedgerLayout.MAGIC_VALUE
        && header.getInt(LedgerLayout.VERSION) == LedgerLayout.VERSION_VALUE
        && header.getInt(LedgerLayout.END) != 0;
  }

  /** A live owner that cannot be seen from here finds the mark, and stops (T3). */
  private static void mark(FileChannel channel) {
    try {
      if (channel.size() >= LedgerLayout.HEADER_SIZE) {
        ByteBuffer mark = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        mark.putInt(0, LedgerLayout.DEAD);
        channel.write(mark, LedgerLayout.END);
      }
    } catch (IOException | NonWritableChannelException e) {
      // Best effort: without it the lock alone decides.
    }
  }
}
