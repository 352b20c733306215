package io.github.datastorelookup.posix;

import io.github.datastorelookup.port.AtomicWord;
import io.github.datastorelookup.port.FileIdentity;
import io.github.datastorelookup.port.LedgerDirectory;
import io.github.datastorelookup.port.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ledgers of processes that use the same pair of config file and run directory. With different
 * pairs, two processes would use different locks, or not see each other's ledgers.
 *
 * <p>{@code .datastore.use} beside the config file names the run directory, and {@code config-use}
 * in the run directory names the config file.
 */
final class InstallationLedgers implements LedgerDirectory {
  private final LedgerDirectory ledgers;
  private final Path config;
  private final Path run;
  private final SharedAccess access;
  private final OwnerThread owner;
  private final Sync sync;
  private boolean opened;

  /** Both paths without symbolic links. */
  InstallationLedgers(
      LedgerDirectory ledgers,
      Path config,
      Path run,
      SharedAccess access,
      OwnerThread owner,
      Sync sync) {
    this.ledgers = ledgers;
    this.config = config;
    this.run = run;
    this.access = access;
    this.owner = owner;
    this.sync = sync;
  }

  @Override
  public synchronized Ledger create(@Nullable FileIdentity generationPage) throws IOException {
    if (opened) {
      throw SharedFiles.refuse(run, "these ports were opened before: each registry needs its own");
    }
    Ledger ledger = ledgers.create(generationPage); // first: it refuses before it opens anything
    UseFile runUse = null;
    UseFile configUse = null;
    try {
      runUse = runUse();
      configUse = configUse();
      opened = true;
      return new InstallationLedger(ledger, runUse, configUse);
    } finally {
      if (configUse == null) {
        try (ledger) {
          if (runUse != null) {
            runUse.close();
          }
        }
      }
    }
  }

  private UseFile runUse() throws IOException {
    String key = UseFile.runDirectoryKey(run);
    return UseFile.open(UseFile.ofConfig(config), key, run, access, owner, sync);
  }

  private UseFile configUse() throws IOException {
    String key = UseFile.configKey(config);
    return UseFile.open(UseFile.ofRunDirectory(run), key, config, access, owner, sync);
  }

  @Override
  public void prune() {
    ledgers.prune();
  }

  @Override
  public List<ForeignLedger> others() throws IOException {
    return ledgers.others();
  }

  private record InstallationLedger(Ledger ledger, UseFile runUse, UseFile configUse)
      implements Ledger {
    @Override
    public String path() {
      return ledger.path();
    }

    @Override
    public AtomicWord append(String name) throws IOException {
      return ledger.append(name);
    }

    @Override
    public boolean inPlace() throws IOException {
      return ledger.inPlace() && runUse.inPlace() && configUse.inPlace();
    }

    @Override
    public @Nullable String fault() {
      return ledger.fault() != null
          ? ledger.fault()
          : runUse.fault() != null ? runUse.fault() : configUse.fault();
    }

    @Override
    public void close() throws IOException {
      try (configUse;
          runUse) {
        ledger.close();
      }
    }
  }
}
