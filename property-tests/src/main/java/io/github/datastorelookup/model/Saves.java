package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Command.Ending;
import io.github.datastorelookup.model.Model.Step;
import io.github.datastorelookup.model.ModelConfig.Section;

/** The part of the model that edits the config, each edit bumping twice; and drains. */
final class Saves {
  private Saves() {}

  static Step step(ModelState s, Command command) {
    boolean counter = s.process(command.process()).counter();
    if (command instanceof Command.Create c) {
      return counter ? create(s, c) : Step.refused(s, "GenerationUnavailable");
    } else if (command instanceof Command.Update && !counter) {
      return Step.refused(s, "GenerationUnavailable"); // before it looks at the file
    }
    String fault = Model.fault(s);
    Section old = s.file().find(name(command));
    if (fault != null || old == null) {
      return Step.refused(s, fault != null ? fault : "NoSuchDatastore");
    } else if (!counter) {
      return Step.refused(s, "GenerationUnavailable");
    } else if (command instanceof Command.Update) {
      return Step.done(save(s, old.with(s.edits())));
    } else if (command instanceof Command.SetMode c) {
      return stuck(old, c.mode())
          ? Step.refused(s, "EditRefused")
          : Step.done(save(s, old.with(c.mode())));
    }
    Command.Maintain c = (Command.Maintain) command;
    return stuck(old, c.mode())
        ? Step.refused(s, "EditRefused")
        : drain(save(s, old.with(c.mode())), c, old);
  }

  static String name(Command command) {
    return command instanceof Command.Create c
        ? c.name()
        : command instanceof Command.Update c
            ? c.name()
            : command instanceof Command.SetMode c ? c.name() : ((Command.Maintain) command).name();
  }

  /** There is no way back from {@code DELETE}. */
  private static boolean stuck(Section old, MaintenanceMode mode) {
    return old.mode() == MaintenanceMode.DELETE && mode != MaintenanceMode.DELETE;
  }

  private static ModelState save(ModelState s, Section section) {
    return s.file(s.file().with(section)).bumped(2);
  }

  private static Step create(ModelState s, Command.Create c) {
    String fault = Model.fault(s);
    Section section = new Section(c.name(), c.path(), MaintenanceMode.NONE, s.edits());
    if (fault != null) {
      return Step.refused(s, fault);
    } else if (s.file().find(c.name()) != null
        || s.file().sections().stream().anyMatch(o -> overlap(o.path(), c.path()))) {
      return Step.refused(s, "EditRefused");
    } else if (section.removable() && !s.disk().mounted().contains(c.name())) {
      return Step.refused(s, "NotMounted");
    }
    return Step.done(save(s.disk(s.disk().with(c.path())), section));
  }

  private static boolean overlap(String one, String other) {
    return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
  }

  /** M2 to M4, with the mode set: nobody else does anything, so one look is enough. */
  private static Step drain(ModelState set, Command.Maintain c, Section old) {
    ModelState s = Lookups.closeIdle(set, c.process(), c.name());
    boolean destroys = c.mode() == MaintenanceMode.DELETE;
    boolean busy = s.processes().stream().anyMatch(p -> waitsFor(p, c.name(), c.mode()));
    if (busy) {
      ModelState told = c.ending() == Ending.TAKEN ? taken(s, c.name()) : s;
      boolean back = !destroys && c.ending() != Ending.TAKEN;
      String refusal = c.ending() == Ending.CANCELLED ? "DrainCancelled" : "DatastoreInUse";
      return Step.refused(back ? save(told, old) : told, refusal);
    }
    ModelState acted = s.bumped(2);
    acted = destroys ? acted.disk(acted.disk().without(old.path())) : acted;
    return switch (c.ending()) {
      case FAILS -> Step.refused(acted, "MaintenanceFailed");
      case TAKEN -> Step.refused(taken(acted, c.name()), "EditRefused");
      case GOOD, CANCELLED ->
          Step.done(
              destroys
                  ? acted.file(acted.file().without(c.name())).bumped(2)
                  : save(acted, old.with(MaintenanceMode.NONE)));
    };
  }

  /** What somebody does by hand while a drain waits or acts. */
  private static ModelState taken(ModelState s, String name) {
    return Model.edit(s, name, section -> section.with(MaintenanceMode.UNKNOWN));
  }

  /** Whether the process has what a drain in this mode waits for. */
  private static boolean waitsFor(ModelProcess p, String name, MaintenanceMode mode) {
    return Model.clears(mode)
        ? p.open().containsKey(name)
        : p.count(name, Operation.WRITE) > 0
            || (!Model.admits(mode, Operation.READ) && p.count(name, Operation.READ) > 0);
  }
}
