package io.github.datastorelookup.inspect;

import io.github.datastorelookup.inspect.Report.ConfigLock;
import io.github.datastorelookup.inspect.Report.ConfigLockState;
import io.github.datastorelookup.inspect.Report.Page;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.Sync;
import io.github.datastorelookup.port.Ticker;
import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LockTable;
import io.github.datastorelookup.posix.PageView;
import io.github.datastorelookup.posix.ReadLock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Examines everything once. A part that cannot be read becomes a finding, and the rest continues.
 *
 * <p>Ledgers are read and probed with the config lock held, so that no lookup counts itself in
 * between. It is held in shared mode, for a few reads, and no datastore is touched.
 */
final class Inspector {
  private static final long POLL_NANOS = 1_000_000;

  private final FilesView files;
  private final Path lockTable;
  private final MountTable mounts;
  private final Ticker ticker;
  private final Sync sync;
  private final long timeoutNanos;

  /**
   * Reads nothing yet.
   *
   * @param lockTable usually {@code /proc/locks}
   * @param timeoutNanos the longest wait for the config lock
   */
  Inspector(
      FilesView files,
      Path lockTable,
      MountTable mounts,
      Ticker ticker,
      Sync sync,
      long timeoutNanos) {
    this.files = files;
    this.lockTable = lockTable;
    this.mounts = mounts;
    this.ticker = ticker;
    this.sync = sync;
    this.timeoutNanos = timeoutNanos;
  }

  /** Runs the inspection. */
  Report inspect() {
    Findings findings = new Findings();
    ConfigReport config = new ConfigReport(files, mounts, findings);
    LedgersView ledgers = new LedgersView(files, findings);
    Page page;
    LockTable table;
    ConfigLock lock;
    try (ReadLock file = files.configLock()) {
      ConfigLockState state = take(file, findings);
      config.read();
      page = page(findings);
      ledgers.read(page, state == ConfigLockState.TAKEN);
      table = lockTable(findings);
      lock = new ConfigLock(state, holders(file, state, table, findings));
      installation(ledgers, table, shows(table, file, state), findings);
    } catch (IOException e) {
      throw new IllegalStateException("a file that was open for reading does not close", e);
    }
    ledgers.explain(page, table);
    if (lock.state() == ConfigLockState.MISSING && !ledgers.all().isEmpty()) {
      findings.problem(
          "config lock", "is missing beside the config, but ledgers exist: they were not probed");
    }
    var datastores = config.datastores(ledgers, table);
    return new Report(
        files.configFile(),
        config.parsed(),
        lock,
        page,
        files.runDirectory(),
        ledgers.listed(),
        ledgers.all(),
        datastores,
        findings.problems(),
        findings.notes());
  }

  private ConfigLockState take(ReadLock lock, Findings findings) {
    long start = ticker.nanoTime();
    try {
      while (!lock.tryLock()) {
        if (ticker.nanoTime() - start >= timeoutNanos) {
          return ConfigLockState.BUSY;
        }
        sync.pause(POLL_NANOS);
      }
      return ConfigLockState.TAKEN;
    } catch (NoSuchFileException e) {
      return ConfigLockState.MISSING;
    } catch (IOException e) {
      findings.problem("config lock", e);
    } catch (InterruptedException e) {
      findings.problem("config lock", lock.path() + ": interrupted while waiting for it");
    }
    return ConfigLockState.UNAVAILABLE;
  }

  /** The holders of the config lock, when it could not be acquired in time. */
  private Set<Long> holders(
      ReadLock lock, ConfigLockState state, LockTable table, Findings findings) {
    if (state != ConfigLockState.BUSY) {
      return Set.of();
    }
    Set<Long> holders = Set.of();
    try {
      holders = table.holders(lock.identity());
    } catch (IOException e) {
      findings.problem("config lock", e);
    }
    findings.problem(
        "config lock",
        lock.path()
            + ": held for more than "
            + timeoutNanos / 1_000_000
            + " ms by "
            + (holders.isEmpty() ? "an unknown process" : "pid " + Wording.join(holders))
            + "; ledgers were not probed");
    return holders;
  }

  /** Whether the table shows the locks on these files: it has to show the one that is held here. */
  private static boolean shows(LockTable table, ReadLock held, ConfigLockState state)
      throws IOException {
    return table.known()
        && (state != ConfigLockState.TAKEN || !table.holders(held.identity()).isEmpty());
  }

  private void installation(
      LedgersView ledgers, LockTable table, boolean tableShowsAll, Findings findings) {
    var check = new InstallationCheck(files, table, tableShowsAll, findings);
    boolean agrees = check.ofRunDirectory();
    if (ledgers.listed() && !check.ofConfig()) { // else the run directory is reported already
      agrees = false;
    }
    if (!agrees) {
      ledgers.doubt();
    }
  }

  private LockTable lockTable(Findings findings) {
    try {
      return LockTable.read(lockTable);
    } catch (IOException e) {
      findings.problem("lock table", e);
      return LockTable.unknown();
    }
  }

  private Page page(Findings findings) {
    Path path = files.pageFile();
    try {
      PageView view = files.page();
      return new Page(path, false, view.identity(), view.generation());
    } catch (NoSuchFileException e) {
      return new Page(path, true, null, null);
    } catch (IOException e) {
      findings.problem("generation page", e);
    }
    try {
      return new Page(path, false, files.identity(path), null); // processes may use it all the same
    } catch (IOException e) {
      return new Page(path, false, null, null); // reported already
    }
  }
}
