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
 * @param problems what is wrong or could not be examined
 * @param notes what is worth knowing
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
    /** Another process held it all the time. */
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
   * @param holders the processes that held it all the time, as far as known
   */
  record ConfigLock(ConfigLockState state, Set<Long> holders) {}

  /**
   * The generation page.
   *
   * @param path where it should be
   * @param missing whether nothing is there
   * @param identity of what is there, or null when there is none or it cannot be looked at
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
    /** Whether its process certainly lives: a probe found so, or the lock table lists it. */
    boolean certain() {
      return life == Life.LIVE || !holders.isEmpty();
    }

    /** The pid for display, with the pid seen here too if the process knows itself by another. */
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
   * @param unreadable ledgers that may say more
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
