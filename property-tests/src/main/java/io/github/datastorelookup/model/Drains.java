package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.Model.Step;
import io.github.datastorelookup.model.ModelConfig.Section;
import org.jspecify.annotations.Nullable;

/**
 * The part of the model that sets a mode, waits, acts and ends the mode: clauses M1, M2, M3, M4,
 * M5.
 */
final class Drains {
  private Drains() {}

  /**
   * A drain.
   *
   * @param path the new path of the datastore, or null to keep it
   */
  private record Drain(
      int process, String name, MaintenanceMode mode, @Nullable String path, Ending ending) {
    static Drain of(Command command) {
      return command instanceof Command.Move c
          ? new Drain(c.process(), c.name(), MaintenanceMode.OFFLINE, c.path(), c.ending())
          : of((Command.Maintain) command);
    }

    private static Drain of(Command.Maintain c) {
      return new Drain(c.process(), c.name(), c.mode(), null, c.ending());
    }

    boolean destroys() {
      return mode == MaintenanceMode.DELETE;
    }

    boolean needsData() {
      return path != null || (destroys() && ending != Ending.GONE);
    }

    /** The path of a removable datastore follows from its name. */
    String target(Section old) {
      return path == null || old.removable() ? old.path() : path;
    }
  }

  static String name(Command command) {
    return Drain.of(command).name();
  }

  static Step step(ModelState before, Command command) {
    Drain drain = Drain.of(command);
    ModelState s = Loads.parsed(before, drain.process());
    String fault = s.fault(s.process(drain.process()));
    Section old = s.file().find(drain.name());
    String forbidden = Saves.forbidden(s, drain.process());
    if (fault != null || old == null) {
      return Step.refused(s, fault != null ? fault : "NoSuchDatastore");
    } else if (drain.path() != null && Saves.overlaps(s, old.name(), drain.target(old))) {
      return Step.refused(s, "EditRefused");
    } else if (Saves.shared(s, old.name(), old.path())
        || (drain.path() != null && Saves.shared(s, old.name(), drain.target(old)))) {
      return Step.refused(s, "EditRefused");
    } else if (forbidden != null) {
      return Step.refused(Loads.looked(s, drain.process()), forbidden);
    } else if (Saves.stuck(old, drain.mode())) {
      return Step.refused(s, "EditRefused");
    } else if (drain.needsData() && old.removable() && !s.disk().mounted().contains(old.name())) {
      return Step.refused(s, "NotMounted");
    } else if (drain.destroys() && cannotCount(s, drain.process(), drain.name())) {
      return Step.refused(s, "LedgerUnavailable"); // while there is a way back
    }
    Section set = old.with(drain.mode(), drain.path() == null ? "" : "moving");
    return await(Saves.save(s, set), drain, old);
  }

  /** M2, M3: no other process acts, so one look is enough. */
  private static Step await(ModelState set, Drain drain, Section old) {
    ModelState s = Lookups.closeIdle(set, drain.process(), drain.name());
    boolean deaf = cannotCount(s, drain.process(), drain.name());
    boolean busy = false;
    for (int i = 0; i < s.processes().size(); i++) {
      busy |= seen(s, i, drain.process()) && waitsFor(s.process(i), drain.name(), drain.mode());
    }
    if (!deaf && !busy) {
      return makeSure(s, drain, old);
    }
    boolean taken = !deaf && drain.ending() == Ending.TAKEN;
    ModelState told = taken ? taken(s, drain.name()) : s;
    String refusal = drain.ending() == Ending.CANCELLED ? "DrainCancelled" : "DatastoreInUse";
    return Step.refused(
        !drain.destroys() && !taken ? Saves.save(told, old) : told,
        deaf ? "LedgerUnavailable" : refusal);
  }

  /** M3: a save that is not durable is repeated once. */
  private static Step makeSure(ModelState s, Drain drain, Section old) {
    ModelState again = Saves.save(s, s.file());
    if (s.access().unsynced() == 0) {
      return act(again, drain, old);
    }
    ModelState last = Saves.save(again, again.file());
    if (again.access().unsynced() == 0) {
      return act(last, drain, old);
    }
    return Step.refused(drain.destroys() ? last : Saves.save(last, old), "SaveNotDurable");
  }

  /** M4. */
  private static Step act(ModelState drained, Drain drain, Section old) {
    if (drain.ending() == Ending.FAILS && !drain.destroys()) {
      return Step.refused(drained, "MaintenanceFailed");
    }
    String target = drain.target(old);
    ModelDisk disk =
        drain.ending() == Ending.GONE
            ? drained.disk()
            : drain.destroys()
                ? drained.disk().without(old.path())
                : drained.disk().moved(old.path(), target);
    ModelState acted = drained.disk(disk);
    boolean lost = drain.path() != null && !disk.lockFiles().containsKey(target);
    if (drain.ending() == Ending.TAKEN) {
      acted = taken(acted, drain.name());
    }
    if (drain.ending() == Ending.FAILS || lost) {
      return Step.refused(acted, "MaintenanceFailed");
    } else if (drain.ending() == Ending.TAKEN) {
      return Step.refused(acted, "EditRefused");
    }
    return Saves.reported(
        acted,
        drain.destroys()
            ? Saves.save(acted, acted.file().without(drain.name()))
            : Saves.save(acted, old.with(MaintenanceMode.NONE).at(target)));
  }

  /** The manual edit while a drain waits or acts. */
  private static ModelState taken(ModelState s, String name) {
    return Model.edit(s, name, section -> section.with(MaintenanceMode.UNKNOWN));
  }

  /**
   * Whether some other process does not see the bumps of this one, or has the datastore open but
   * not the lock on its ledger: then no count works.
   */
  static boolean cannotCount(ModelState s, int number, String name) {
    for (int i = 0; i < s.processes().size(); i++) {
      ModelProcess other = s.process(i);
      boolean deaf = other.shared().oldPage() && s.process(number).shared().counter();
      boolean unlocked = other.shared().lockLost() && (deaf || other.open().containsKey(name));
      if (i != number && other.listed() && (deaf || unlocked)) {
        return true;
      }
    }
    return false;
  }

  /** Whether process {@code by} sees the words of process {@code number}. */
  static boolean seen(ModelState s, int number, int by) {
    return number == by || s.process(number).listed();
  }

  /** Whether the process has what a drain in this mode waits for. */
  private static boolean waitsFor(ModelProcess p, String name, MaintenanceMode mode) {
    return Model.clears(mode)
        ? p.open().containsKey(name)
        : p.count(name, Operation.WRITE) > 0
            || (!Model.admits(mode, Operation.READ) && p.count(name, Operation.READ) > 0);
  }
}
