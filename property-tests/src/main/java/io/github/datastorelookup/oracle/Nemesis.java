package io.github.datastorelookup.oracle;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.memory.MemoryFiles;
import io.github.datastorelookup.memory.MemoryHost;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ExternalEvent;
import io.github.datastorelookup.model.FileFault;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.model.ModelConfig.Form;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.port.Locks;
import io.github.datastorelookup.simulation.Scheduler;
import io.github.datastorelookup.simulation.SlowDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Applies external events to the machine. */
final class Nemesis {
  private final MemoryHost host;
  private final Scheduler scheduler;
  private final SlowDisk disk;
  private final ManualEditor editor;
  private final List<ClusterProcess> members;

  /** The locks of another program, once there is one. */
  private @Nullable Locks another;

  private final Set<String> broken = new TreeSet<>();
  private boolean lockedOutside;

  Nemesis(
      MemoryHost host,
      Scheduler scheduler,
      SlowDisk disk,
      ManualEditor editor,
      List<ClusterProcess> members) {
    this.host = host;
    this.members = members;
    this.scheduler = scheduler;
    this.disk = disk;
    this.editor = editor;
  }

  void run(ExternalEvent command) {
    MemoryFiles files = host.files();
    if (command instanceof ExternalEvent.LockFile c) {
      if (c.there()) {
        files.recreate(c.path());
      } else {
        files.remove(c.path());
      }
    } else if (command instanceof ExternalEvent.Alias c) {
      if (files.lockFile(c.existing()) != null) {
        files.alias(c.path(), c.existing());
      }
    } else if (command instanceof ExternalEvent.Mount c) {
      host.mount(ModelConfig.DEVICE, ModelConfig.mountPoint(c.name()), c.status());
    } else if (command instanceof ExternalEvent.FailFiles c) {
      broken.add(c.path());
      files.fail(c.path(), c.fails());
    } else if (command instanceof ExternalEvent.ReadOnly c) {
      files.readOnly(c.path(), c.only());
    } else if (command instanceof ExternalEvent.FailConfig c) {
      host.failConfig(c.fails() ? "datastore.cfg: no such device" : null);
    } else if (command instanceof ExternalEvent.Hang c) {
      disk.slow(c.path(), c.hangs());
    } else if (command instanceof ExternalEvent.Interrupt c) {
      scheduler.interrupt(c.thread() - 1);
    } else if (command instanceof ExternalEvent.Bump) {
      long unused = host.generation().getAndAdd(1);
    } else if (command instanceof ExternalEvent.Wait c) {
      scheduler.passTime(Duration.ofSeconds(c.seconds()).toNanos());
    } else if (command instanceof FileFault c) {
      tamper(c);
    } else {
      edit(command);
    }
  }

  private void tamper(FileFault command) {
    if (command instanceof FileFault.HoldLock c) {
      lockConfig(c.held());
    } else if (command instanceof FileFault.RemoveConfig) {
      editor.emptying(null);
    } else if (command instanceof FileFault.EmptyConfig) {
      editor.emptying(new byte[0]);
    } else if (command instanceof FileFault.FailSyncs c) {
      host.failSyncs(c.saves());
    } else if (command instanceof FileFault.ReplacePage) {
      host.replaceGenerationPage();
      members.forEach(member -> member.oldPage = true);
    } else if (command instanceof FileFault.ReplaceLedger c && c.of() < members.size()) {
      ClusterProcess member = members.get(c.of());
      if (member.alive && member.process().hasLedger()) {
        member.process().replaceLedger();
        member.ledgerLost = true;
      }
    } else if (command instanceof FileFault.LoseLock c && c.of() < members.size()) {
      ClusterProcess member = members.get(c.of());
      if (member.alive && member.process().hasLedger()) {
        member.process().loseLedgerLock();
        member.lockLost = true;
      }
    }
  }

  /** Ends all faults that an administrator can end, and leaves what was edited. */
  void heal() {
    lockConfig(false);
    host.failConfig(null);
    host.failSyncs(0);
    disk.heal();
    broken.forEach(path -> host.files().fail(path, false));
    for (ClusterProcess member : members) {
      member.process().failLedger(null);
      member.process().limitFiles(Command.LimitFiles.UNLIMITED);
    }
    ModelConfig file = editor.read();
    if (!file.in(Form.WHOLE).text().equals(file.text())) {
      editor.edit(each -> each.in(Form.WHOLE));
    }
  }

  /** Gives up at once if another holder has the lock, which in a race may be any process. */
  private void lockConfig(boolean held) {
    Locks locks = another == null ? host.process().locks() : another;
    another = locks;
    try {
      if (!held) {
        locks.config().unlock();
        lockedOutside = false;
      } else if (!lockedOutside) {
        lockedOutside = locks.config().tryLock();
      }
    } catch (IOException e) {
      throw new IllegalStateException("locking in memory cannot fail", e);
    }
  }

  private void edit(ExternalEvent command) {
    if (command instanceof ExternalEvent.EditTorn c) {
      editor.edit(file -> file.in(c.torn() ? Form.TORN : Form.WHOLE));
    } else if (command instanceof ExternalEvent.EditUnparsable) {
      editor.edit(file -> file.in(Form.UNPARSABLE));
    } else if (command instanceof ExternalEvent.EditOut c) {
      editor.removing(c.name());
    } else if (command instanceof ExternalEvent.EditPath c) {
      int version = editor.nextVersion();
      editor.replacing(c.name(), old -> moved(c, old, version));
    } else if (command instanceof ExternalEvent.EditMode c) {
      editor.mode(c.name(), c.mode());
    } else if (command instanceof ExternalEvent.EditComment c) {
      int version = editor.nextVersion();
      editor.edit(c.name(), o -> o.with(version));
    }
  }

  private static Section moved(ExternalEvent.EditPath c, Optional<Section> old, int version) {
    MaintenanceMode mode = old.map(Section::mode).orElse(MaintenanceMode.NONE);
    return new Section(c.name(), c.path(), mode, version);
  }
}
