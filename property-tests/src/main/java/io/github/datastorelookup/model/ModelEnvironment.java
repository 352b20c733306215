package io.github.datastorelookup.model;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.ModelConfig.Form;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.port.MountTable;
import java.util.function.UnaryOperator;

/** The part of the model that applies external events. */
final class ModelEnvironment {
  private ModelEnvironment() {}

  static ModelState step(ModelState s, ExternalEvent command) {
    if (command instanceof ExternalEvent.Bump) {
      return s.bumped(1);
    } else if (command instanceof ExternalEvent.Wait c) {
      return s.later(c.seconds());
    } else if (command instanceof ExternalEvent.FailConfig c) {
      return s.access(c.fails(), s.access().locked(), s.access().unsynced());
    } else if (command instanceof FileFault.HoldLock c) {
      return s.access(s.access().unreadable(), c.held(), s.access().unsynced());
    } else if (command instanceof FileFault.FailSyncs c) {
      return s.access(s.access().unreadable(), s.access().locked(), c.saves());
    } else if (command instanceof FileFault.ReplacePage) {
      return withoutPage(s);
    } else if (command instanceof FileFault.ReplaceLedger c) {
      return ledgerFault(s, c.of(), ModelSharedState::withoutLedger);
    } else if (command instanceof FileFault.LoseLock c) {
      return ledgerFault(s, c.of(), ModelSharedState::withoutLock);
    } else if (command instanceof FileFault.RemoveConfig) {
      return s.file(ModelConfig.empty(Form.GONE));
    } else if (command instanceof FileFault.EmptyConfig) {
      return s.file(ModelConfig.empty(Form.ZERO_BYTES));
    }
    return edit(s, command);
  }

  private static ModelState withoutPage(ModelState s) {
    ModelState next = s;
    for (int i = 0; i < s.processes().size(); i++) {
      next = next.process(i, p -> p.sharing(p.shared().withoutPage(s.generation())));
    }
    return next;
  }

  private static ModelState ledgerFault(
      ModelState s, int of, UnaryOperator<ModelSharedState> fault) {
    boolean there = of < s.processes().size() && s.process(of).listed();
    return there ? s.process(of, p -> p.sharing(fault.apply(p.shared()))) : s;
  }

  private static ModelState edit(ModelState s, ExternalEvent command) {
    if (command instanceof ExternalEvent.EditMode c) {
      return Model.edit(s, c.name(), o -> o.with(c.mode()));
    } else if (command instanceof ExternalEvent.EditComment c) {
      ModelState next = s.edited();
      return Model.edit(next, c.name(), o -> o.with(next.edits()));
    } else if (command instanceof ExternalEvent.EditPath c) {
      Section old = s.file().find(c.name());
      MaintenanceMode mode = old == null ? MaintenanceMode.NONE : old.mode();
      ModelState next = s.edited();
      return next.file(next.file().with(new Section(c.name(), c.path(), mode, next.edits())));
    } else if (command instanceof ExternalEvent.EditOut c) {
      return s.file(s.file().without(c.name()));
    } else if (command instanceof ExternalEvent.EditTorn c) {
      return s.file(s.file().in(c.torn() ? Form.TORN : Form.WHOLE));
    } else if (command instanceof ExternalEvent.EditUnparsable) {
      return s.file(s.file().in(Form.UNPARSABLE));
    }
    return s.disk(disk(s.disk(), command));
  }

  private static ModelDisk disk(ModelDisk disk, ExternalEvent command) {
    if (command instanceof ExternalEvent.LockFile c) {
      return c.there() ? disk.withNew(c.path()) : disk.without(c.path());
    } else if (command instanceof ExternalEvent.Alias c) {
      return disk.alias(c.path(), c.existing());
    } else if (command instanceof ExternalEvent.Mount c) {
      return disk.mount(c.name(), c.status() == MountTable.Status.MOUNTED);
    } else if (command instanceof ExternalEvent.FailFiles c) {
      return disk.fail(c.path(), c.fails());
    } else if (command instanceof ExternalEvent.ReadOnly c) {
      return disk.readOnly(c.path(), c.only());
    }
    return disk; // a hang takes time, and changes nothing
  }
}
