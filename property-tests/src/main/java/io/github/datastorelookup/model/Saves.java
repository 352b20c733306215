package io.github.datastorelookup.model;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.Model.Step;
import io.github.datastorelookup.model.ModelConfig.Section;
import org.jspecify.annotations.Nullable;

/** The part of the model that edits the config, each edit with two bumps; {@link Drains} end so. */
final class Saves {
  private Saves() {}

  static Step step(ModelState s, Command command) {
    if (command instanceof Command.Create c) {
      return create(s, c);
    } else if (command instanceof Command.Update c) {
      return update(s, c.process(), c.name());
    } else if (command instanceof Reading.UpdateAsRead c) {
      return updateAsRead(s, c);
    } else if (command instanceof Command.SetMode c) {
      return setMode(s, c);
    }
    return Drains.step(s, command);
  }

  static String name(Command command) {
    return command instanceof Command.Create c
        ? c.name()
        : command instanceof Command.Update c
            ? c.name()
            : command instanceof Reading.UpdateAsRead c
                ? c.name()
                : command instanceof Command.SetMode c ? c.name() : Drains.name(command);
  }

  /** Whether the section cannot change to this mode: no other mode can follow {@code DELETE}. */
  static boolean stuck(Section old, MaintenanceMode mode) {
    return old.mode() == MaintenanceMode.DELETE && mode != MaintenanceMode.DELETE;
  }

  /** A save of this section, which may be reported as one that is not durable: clause S6. */
  private static Step saved(ModelState s, Section section) {
    return reported(s, save(s, section));
  }

  static Step reported(ModelState before, ModelState saved) {
    return before.access().unsynced() == 0
        ? Step.done(saved)
        : Step.refused(saved, "SaveNotDurable");
  }

  static ModelState save(ModelState s, Section section) {
    return save(s, s.file().with(section));
  }

  static ModelState save(ModelState s, ModelConfig file) {
    int unsynced = Math.max(0, s.access().unsynced() - 1);
    return s.file(file).bumped(2).access(s.access().unreadable(), s.access().locked(), unsynced);
  }

  /** Why this process cannot save anything, or null. */
  static @Nullable String forbidden(ModelState s, int number) {
    String refusal = Loads.locking(s, number);
    return refusal == null && !s.process(number).shared().counter()
        ? "GenerationUnavailable"
        : refusal;
  }

  private static Step update(ModelState s, int number, String name) {
    String forbidden = forbidden(s, number);
    if (forbidden != null) {
      return Step.refused(Loads.looked(s, number), forbidden); // before it looks at the file
    }
    String fault = s.fault(s.process(number));
    Section old = s.file().find(name);
    if (fault != null || old == null) {
      return Step.refused(Loads.parsed(s, number), fault != null ? fault : "NoSuchDatastore");
    }
    return saved(Loads.parsed(s, number), old.with(s.edits()));
  }

  /** Expects the text that was read: one that was changed and changed back is the same. */
  private static Step updateAsRead(ModelState s, Reading.UpdateAsRead c) {
    ModelConfig seen = s.process(c.process()).seen();
    boolean readable = !"ConfigUnavailable".equals(s.fault(s.process(c.process())));
    boolean same = seen != null && seen.text().equals(s.file().text());
    return forbidden(s, c.process()) == null && readable && !same
        ? Step.refused(s, "DigestMismatch")
        : update(s, c.process(), c.name());
  }

  private static Step setMode(ModelState before, Command.SetMode c) {
    ModelState s = Loads.parsed(before, c.process());
    String fault = s.fault(s.process(c.process()));
    Section old = s.file().find(c.name());
    String forbidden = forbidden(s, c.process());
    if (fault != null || old == null) {
      return Step.refused(s, fault != null ? fault : "NoSuchDatastore");
    } else if (forbidden != null) {
      return Step.refused(Loads.looked(s, c.process()), forbidden);
    }
    return stuck(old, c.mode()) ? Step.refused(s, "EditRefused") : saved(s, old.with(c.mode()));
  }

  private static Step create(ModelState before, Command.Create c) {
    ModelProcess p = before.process(c.process());
    ModelState s = p.shared().counter() ? Loads.parsed(before, c.process()) : before;
    Section section = new Section(c.name(), c.path(), MaintenanceMode.NONE, s.edits());
    String fault = s.fault(p);
    if (!p.shared().counter()) {
      return Step.refused(s, "GenerationUnavailable");
    } else if (fault != null) {
      return Step.refused(s, fault);
    } else if (s.file().find(c.name()) != null || overlaps(s, c.name(), c.path())) {
      return Step.refused(s, "EditRefused");
    } else if (section.removable() && !s.disk().mounted().contains(c.name())) {
      return Step.refused(s, "NotMounted");
    }
    ModelState made = s.disk(s.disk().with(c.path())); // before the section is saved
    if (shared(made, c.name(), c.path())) {
      return Step.refused(made, "EditRefused");
    }
    String forbidden = forbidden(s, c.process());
    return forbidden != null
        ? Step.refused(Loads.looked(made, c.process()), forbidden)
        : reported(made, Loads.parsed(save(made, section), c.process()));
  }

  /** Whether another datastore has this path, or is above or below it. */
  static boolean overlaps(ModelState s, String name, String path) {
    return s.file().sections().stream()
        .anyMatch(o -> !o.name().equals(name) && Model.overlap(o.path(), path));
  }

  /** Whether the {@code .lock} at this path is also that of another section (M5). */
  static boolean shared(ModelState s, String name, String path) {
    Integer own = s.disk().lockFiles().get(path);
    return own != null
        && s.file().sections().stream()
            .anyMatch(
                o -> !o.name().equals(name) && own.equals(s.disk().lockFiles().get(o.path())));
  }
}
