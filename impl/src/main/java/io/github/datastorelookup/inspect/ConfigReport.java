package io.github.datastorelookup.inspect;

import io.github.datastorelookup.config.ConfigParseException;
import io.github.datastorelookup.config.DatastoreConfig;
import io.github.datastorelookup.config.DatastoreSection;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.inspect.Report.Datastore;
import io.github.datastorelookup.inspect.Report.Ledger;
import io.github.datastorelookup.inspect.Report.MaintenanceLock;
import io.github.datastorelookup.inspect.Report.Wait;
import io.github.datastorelookup.port.MountTable;
import io.github.datastorelookup.port.MountTable.Status;
import io.github.datastorelookup.port.OperationWord;
import io.github.datastorelookup.port.Reasons;
import io.github.datastorelookup.posix.FilesView;
import io.github.datastorelookup.posix.LedgerView;
import io.github.datastorelookup.posix.LockTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reports the config, and for each datastore the state that a maintenance task would find. */
final class ConfigReport {
  private static final Set<MaintenanceMode> OF_TASKS =
      Set.of(MaintenanceMode.DELETE, MaintenanceMode.UNMOUNT, MaintenanceMode.S3_REFRESH);

  private final FilesView files;
  private final MountTable mounts;
  private final Findings findings;
  private byte @Nullable [] text;
  private @Nullable DatastoreConfig config;
  private @Nullable IOException locksUnknown;

  ConfigReport(FilesView files, MountTable mounts, Findings findings) {
    this.files = files;
    this.mounts = mounts;
    this.findings = findings;
  }

  /** Reads the bytes; parsing them can wait until no lock is held. */
  void read() {
    try {
      text = files.readConfig();
    } catch (NoSuchFileException e) {
      findings.problem("config", Reasons.of(e) + "; a new process finds no datastores");
    } catch (IOException e) {
      findings.problem("config", e);
    }
  }

  /** Parses the bytes; returns whether that worked. */
  boolean parsed() {
    if (text != null && text.length == 0) {
      text = null; // one fault, reported once
      findings.problem("config", "has zero bytes; lookups and saves are refused");
    } else if (config == null && text != null) {
      try {
        config = DatastoreConfig.parse(files.configFile().toString(), text, null);
      } catch (ConfigParseException e) {
        text = null; // one fault, reported once
        findings.problem(
            "config",
            e.file() + " line " + e.line() + ": " + e.reason() + "; lookups and saves are refused");
      }
    }
    return config != null;
  }

  /** The state of each datastore; empty if the config was not read. */
  List<Datastore> datastores(LedgersView ledgers, LockTable table) {
    parsed();
    DatastoreConfig known = config;
    if (known == null) {
      return List.of();
    }
    List<Datastore> datastores = new ArrayList<>();
    List<Ledger> notDead = ledgers.notDead();
    for (DatastoreSection section : known.sections()) {
      datastores.add(datastore(section, ledgers, notDead, table));
    }
    if (locksUnknown != null) {
      findings.problem("maintenance locks", locksUnknown);
    }
    withoutSection(known, notDead);
    return datastores;
  }

  private Datastore datastore(
      DatastoreSection section, LedgersView ledgers, List<Ledger> notDead, LockTable table) {
    MaintenanceLock lock = maintenanceLock(section, ledgers, table);
    List<Wait> waits = new ArrayList<>();
    List<Ledger> unreadable = new ArrayList<>();
    List<Ledger> deaf = new ArrayList<>();
    for (Ledger ledger : notDead) {
      LedgerView view = ledger.view();
      if (view == null) {
        unreadable.add(ledger);
        continue;
      }
      if (!ledger.hearsSaves()) {
        deaf.add(ledger);
      }
      long word = view.words().getOrDefault(section.name(), OperationWord.CLOSED);
      if (word != OperationWord.CLOSED) {
        waits.add(new Wait(ledger, word));
      }
    }
    explain(section, lock);
    return new Datastore(section, mount(section), lock, waits, unreadable, deaf);
  }

  private void explain(DatastoreSection section, MaintenanceLock lock) {
    String subject = "datastore " + section.name();
    MaintenanceMode mode = section.maintenanceMode();
    if (mode == MaintenanceMode.UNKNOWN) {
      findings.problem(subject, section.refusalMessage() + ": READ and WRITE are refused");
    }
    if (!section.absolutePath().startsWith("/")) {
      findings.problem(subject, "path is not absolute: it cannot be opened");
    }
    if (OF_TASKS.contains(mode) && lock.known() && lock.holders().isEmpty()) {
      findings.note(subject, "is in mode " + mode.key() + ", but no task is working on it");
    }
  }

  private @Nullable Status mount(DatastoreSection section) {
    String device = section.backingDevice();
    if (device == null) {
      return null;
    }
    try {
      return mounts.status(device, section.absolutePath());
    } catch (IOException e) {
      findings.problem(
          "datastore " + section.name(),
          "cannot determine whether it is mounted: " + Reasons.of(e));
      return Status.UNKNOWN;
    }
  }

  private MaintenanceLock maintenanceLock(
      DatastoreSection section, LedgersView ledgers, LockTable table) {
    try {
      Set<Long> holders = table.holders(files.identity(files.maintenanceLock(section.name())));
      return new MaintenanceLock(ledgers.tableShowsAll() || !holders.isEmpty(), holders);
    } catch (NoSuchFileException e) {
      return new MaintenanceLock(ledgers.listed(), Set.of()); // never taken here yet
    } catch (IOException e) {
      locksUnknown = locksUnknown == null ? e : locksUnknown; // one reason for all: reported once
      return new MaintenanceLock(false, Set.of());
    }
  }

  private void withoutSection(DatastoreConfig known, List<Ledger> notDead) {
    for (Ledger ledger : notDead) {
      LedgerView view = ledger.view();
      Set<String> inUse = new TreeSet<>();
      if (view != null) {
        view.words()
            .forEach(
                (name, word) -> {
                  if (word != OperationWord.CLOSED && known.find(name) == null) {
                    inUse.add(name);
                  }
                });
      }
      for (String name : inUse) {
        findings.note(
            "datastore " + name, "is not in the config, but in use by pid " + ledger.pid());
      }
    }
  }
}
