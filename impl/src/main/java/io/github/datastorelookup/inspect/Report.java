package io.github.datastorelookup.inspect;

import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.inspect.Findings.Finding;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.posix.LedgerView;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one inspection.
 *
 * @param configFile the path of the config
 * @param configRead whether it was read and parsed
 * @param configLock the config lock
 * @param page the generation page at its path
 * @param runDirectory where the ledgers are
 * @param ledgersListed whether all ledgers are known, of all processes that use this config
 * @param ledgers sorted by path
 * @param datastores in the order of the config; none if it was not read
 * @param problems faults, and parts that could not be examined
 * @param notes states that the protocol handles
 */
record Report(
    Path configFile,
    boolean configRead,
    ConfigLock configLock,
    Page page,
    Path runDirectory,
    boolean ledgersListed,
    List<Ledger> ledgers,
    List<Datastore> datastores,
    List<Finding> problems,
    List<Finding> notes) {

  /** The outcome of the attempt to acquire the config lock. */
  enum ConfigLockState {
    /** It was free, or its holder released it in time. */
    TAKEN,
    /** Another process held it for the whole timeout. */
    BUSY,
    /** There is no such file: no process has worked with this config. */
    MISSING,
    /** It could not be acquired. */
    UNAVAILABLE
  }

  /**
   * The config lock.
   *
   * @param state the outcome of the attempt to acquire it
   * @param holders the processes that held it for the whole timeout, as far as known
   */
  record ConfigLock(ConfigLockState state, Set<Long> holders) {}

  /**
   * The generation page.
   *
   * @param path where it should be
   * @param missing whether there is no file
   * @param identity of the file, or null when there is none or it cannot be read
   * @param generation its counter, or null when it cannot be read
   */
  record Page(
      Path path, boolean missing, @Nullable FileIdentity identity, @Nullable Long generation) {}

  /** Whether the process of a ledger lives. */
  enum Life {
    /** It holds the lock on its ledger. */
    LIVE,
    /** No process holds that lock. Its words never count again. */
    DEAD,
    /** The lock could not be probed. */
    NOT_PROBED
  }

  /**
   * A ledger.
   *
   * @param path of the file
   * @param view its content, or null when it cannot be read
   * @param life whether its process lives
   * @param holders of its lock, by their pids in this process's view, as far as known
   * @param hearsSaves false for a process that uses another page than the one at the path
   */
  record Ledger(
      Path path, @Nullable LedgerView view, Life life, Set<Long> holders, boolean hearsSaves) {
    /** Whether its process is certainly alive, by a probe or by the lock table. */
    boolean certain() {
      return life == Life.LIVE || !holders.isEmpty();
    }

    /** The pid for display, followed by the pid in this pid namespace if that is another. */
    String pid() {
      String here = holders.toString().replaceAll("[\\[\\]]", "");
      if (view == null) {
        return here.isEmpty() ? "?" : here;
      }
      return holders.isEmpty() || holders.contains(view.pid())
          ? String.valueOf(view.pid())
          : view.pid() + " (here " + here + ")";
    }
  }

  /**
   * The holders of a maintenance lock.
   *
   * @param known false when a process could hold it unseen
   * @param holders the processes that certainly hold it
   */
  record MaintenanceLock(boolean known, Set<Long> holders) {}

  /**
   * A ledger that an unmount would wait for.
   *
   * @param ledger of the process
   * @param word its word, which is not exactly {@code CLOSED}
   */
  record Wait(Ledger ledger, long word) {}

  /**
   * A datastore of the config.
   *
   * @param section of the config
   * @param mount of a removable one, or null
   * @param maintenance its maintenance lock
   * @param waits the ledgers that an unmount would wait for
   * @param unreadable ledgers that may have more operations
   * @param deaf ledgers of processes that do not notice saves: with them an unmount would fail
   */
  record Datastore(
      DatastoreSection section,
      MountTable.@Nullable Status mount,
      MaintenanceLock maintenance,
      List<Wait> waits,
      List<Ledger> unreadable,
      List<Ledger> deaf) {}
}
