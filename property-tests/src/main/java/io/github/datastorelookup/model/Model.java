package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.ModelProcess.Cached;
import io.github.datastorelookup.model.ModelProcess.Files;
import io.github.datastorelookup.model.ModelProcess.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The sequential specification: one command at a time, and exactly one answer to each. */
public final class Model {
  /**
   * A step.
   *
   * @param state after the command
   * @param answer what the command has to answer
   */
  public record Step(ModelState state, Answer answer) {}

  private Model() {}

  /** What the command does to the state, and answers. */
  public static Step step(ModelState s, Command command) {
    if (command.process() >= 0 && !(command instanceof Command.Start)) {
      if (!s.processes().get(command.process()).alive()) {
        return new Step(s, Answer.NOTHING);
      }
    }
    if (command instanceof Command.Lookup c) {
      return lookup(s, c);
    } else if (command instanceof Command.Close c) {
      return close(s, c);
    } else if (command instanceof Command.CloseAgain) {
      return new Step(s, Answer.DONE);
    } else if (command instanceof Command.Duplicate c) {
      return duplicate(s, c);
    } else if (command instanceof Command.SetMode c) {
      return save(s, c.name(), section -> section.with(c.mode()));
    } else if (command instanceof Command.Update c) {
      ModelState next = s.edited();
      return save(next, c.name(), o -> new Section(o.name(), o.path(), o.mode(), next.edits()));
    } else if (command instanceof Command.Create c) {
      return create(s, c);
    } else if (command instanceof Command.Remove c) {
      return remove(s, c);
    } else if (command instanceof Command.Count c) {
      return new Step(s, new Answer("done", counts(s, c.name())));
    } else if (command instanceof Command.Refresh c) {
      return done(sweep(load(s, c.process()), c.process()));
    } else if (command instanceof Command.Kill c) {
      return done(s.process(c.process(), ModelProcess.dead()));
    } else if (command instanceof Command.Start c) {
      return s.processes().get(c.process()).alive()
          ? new Step(s, Answer.NOTHING)
          : done(s.process(c.process(), ModelProcess.started()));
    }
    return done(outside(s, (Command.Outside) command));
  }

  private static Step done(ModelState next) {
    return new Step(next, Answer.DONE);
  }

  private static Step refused(ModelState next, String type) {
    return new Step(next, Answer.refused(type));
  }

  // ---- what happens outside
  // -----------------------------------------------------------------------

  private static ModelState outside(ModelState s, Command.Outside command) {
    if (command instanceof Command.EditMode c) {
      return edit(s, c.name(), o -> o.with(c.mode()));
    } else if (command instanceof Command.EditComment c) {
      ModelState next = s.edited();
      return edit(next, c.name(), o -> new Section(o.name(), o.path(), o.mode(), next.edits()));
    } else if (command instanceof Command.EditPath c) {
      Section old = s.file().find(c.name());
      MaintenanceMode mode = old == null ? MaintenanceMode.NONE : old.mode();
      ModelState next = s.edited();
      return next.file(next.file().with(new Section(c.name(), c.path(), mode, next.edits())));
    } else if (command instanceof Command.EditOut c) {
      return s.file(s.file().without(c.name()));
    } else if (command instanceof Command.EditTorn c) {
      return s.file(s.file().broken(c.torn()));
    } else if (command instanceof Command.Bump) {
      return s.bumped(1);
    } else if (command instanceof Command.Wait c) {
      return s.later(c.seconds());
    }
    Command.LockFile c = (Command.LockFile) command;
    return c.there() ? s.newLockFile(c.path()) : s.noLockFile(c.path());
  }

  private static ModelState edit(ModelState s, String name, UnaryOperator<Section> change) {
    Section old = s.file().find(name);
    return old == null ? s : s.file(s.file().with(change.apply(old)));
  }

  // ---- lookup and drop
  // ----------------------------------------------------------------------------

  /**
   * Whether the process may use what it has cached: the generation is the same, and it is young.
   */
  public static boolean current(ModelState s, @Nullable Cached cached) {
    return cached != null
        && cached.generation() == s.generation()
        && s.now() - cached.loadedAt() < s.ttl();
  }

  private static Step lookup(ModelState before, Command.Lookup c) {
    boolean warm = current(before, before.processes().get(c.process()).cached());
    ModelState s = load(before, c.process());
    Cached cached = s.processes().get(c.process()).cached();
    if (!current(s, cached) || cached == null) {
      return refused(s, "ConfigInvalid");
    }
    Section section = cached.config().find(c.name());
    if (section == null) {
      return refused(s, "NoSuchDatastore");
    }
    if (!admits(section.mode(), c.operation())) {
      return refused(s, "DatastoreUnavailable");
    }
    ModelProcess p = s.processes().get(c.process());
    Files files = p.open().get(c.name());
    // A warm lookup of open files does not look at them again.
    boolean trusted =
        warm && files != null && Objects.equals(cached.since().get(c.name()), files.since());
    if (c.operation() != Operation.LOOKUP && !trusted) {
      Step opened = open(s, c.process(), section);
      if (!opened.answer().equals(Answer.DONE)) {
        return new Step(closeIdle(opened.state(), c.process(), c.name()), opened.answer());
      }
      s = opened.state();
      p = s.processes().get(c.process());
    }
    List<Held> handles = new ArrayList<>(p.handles());
    handles.add(new Held(c.operation(), section));
    return new Step(
        s.process(c.process(), p.holding(handles)),
        Answer.granted("v" + section.version(), section.path()));
  }

  /** What each mode admits. */
  public static boolean admits(MaintenanceMode mode, Operation operation) {
    return switch (mode) {
      case NONE -> true;
      case READ_ONLY -> operation != Operation.WRITE;
      case OFFLINE, UNMOUNT, S3_REFRESH, UNKNOWN -> operation == Operation.LOOKUP;
      case DELETE -> false;
    };
  }

  private static ModelState load(ModelState s, int number) {
    ModelProcess p = s.processes().get(number);
    Cached old = p.cached();
    if (current(s, old) || s.file().broken()) {
      return s;
    }
    boolean noticed =
        old != null && old.generation() == s.generation() && !old.config().equals(s.file());
    ModelState next = s.bumped(noticed ? 1 : 0);
    return next.process(number, p.caching(Cached.next(old, s.file(), next.generation(), s.now())));
  }

  private static Step open(ModelState s, int number, Section section) {
    ModelProcess p = s.processes().get(number);
    Integer lockFile = s.lockFiles().get(section.path());
    if (lockFile == null) {
      return refused(s, "OpenFailed");
    }
    Cached cached = Objects.requireNonNull(p.cached());
    int since = Objects.requireNonNull(cached.since().get(section.name()));
    Files wanted = new Files(section.path(), lockFile, since);
    Map<String, Files> open = new TreeMap<>(p.open());
    Files old = open.get(section.name());
    if (old != null && old.at(section, lockFile)) {
      open.put(section.name(), wanted);
      return done(s.process(number, p.opening(open)));
    }
    if (old != null) {
      if (p.uses(section.name())) {
        return refused(s, "DatastoreBusy");
      }
      open.remove(section.name());
    }
    boolean taken =
        open.entrySet().stream()
            .anyMatch(e -> e.getValue().lockFile() == lockFile && p.uses(e.getKey()));
    if (!taken) {
      open.values().removeIf(files -> files.lockFile() == lockFile);
      open.put(section.name(), wanted);
    }
    ModelState next = s.process(number, p.opening(open));
    return taken ? refused(next, "DatastoreBusy") : done(next);
  }

  private static Step close(ModelState s, Command.Close c) {
    ModelProcess p = s.processes().get(c.process());
    Held oldest = oldest(p, c.name());
    if (oldest == null) {
      return new Step(s, Answer.NOTHING);
    }
    List<Held> handles = new ArrayList<>(p.handles());
    handles.remove(oldest);
    ModelState next = s.process(c.process(), p.holding(handles));
    return done(oldest.counted() ? closeIdle(next, c.process(), c.name()) : next);
  }

  private static Step duplicate(ModelState s, Command.Duplicate c) {
    ModelProcess p = s.processes().get(c.process());
    Held oldest = oldest(p, c.name());
    if (oldest == null) {
      return new Step(s, Answer.NOTHING);
    }
    List<Held> handles = new ArrayList<>(p.handles());
    handles.add(oldest);
    Section granted = oldest.section();
    return new Step(
        s.process(c.process(), p.holding(handles)),
        Answer.granted("v" + granted.version(), granted.path()));
  }

  private static @Nullable Held oldest(ModelProcess p, String name) {
    return p.handles().stream()
        .filter(h -> h.section().name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Closes the files of a datastore that is idle and that the config wants closed. */
  private static ModelState closeIdle(ModelState s, int number, String name) {
    ModelProcess p = s.processes().get(number);
    Files files = p.open().get(name);
    if (files == null || p.uses(name)) {
      return s;
    }
    Cached cached = p.cached();
    ModelConfig visible = cached != null && current(s, cached) ? cached.config() : s.file();
    if (visible.broken()) {
      return s;
    }
    Section section = visible.find(name);
    boolean unwanted =
        section == null || clears(section.mode()) || !section.path().equals(files.path());
    if (!unwanted) {
      return s;
    }
    Map<String, Files> open = new TreeMap<>(p.open());
    open.remove(name);
    return s.process(number, p.opening(open));
  }

  private static boolean clears(MaintenanceMode mode) {
    return mode == MaintenanceMode.OFFLINE
        || mode == MaintenanceMode.DELETE
        || mode == MaintenanceMode.UNMOUNT;
  }

  private static ModelState sweep(ModelState s, int number) {
    ModelState next = s;
    for (String name : s.processes().get(number).open().keySet()) {
      next = closeIdle(next, number, name);
    }
    return next;
  }

  // ---- save and decide
  // ----------------------------------------------------------------------------

  private static Step save(ModelState s, String name, UnaryOperator<Section> change) {
    if (s.file().broken()) {
      return refused(s, "ConfigInvalid");
    }
    Section old = s.file().find(name);
    if (old == null) {
      return refused(s, "NoSuchDatastore");
    }
    Section next = change.apply(old);
    if (old.mode() == MaintenanceMode.DELETE && next.mode() != MaintenanceMode.DELETE) {
      return refused(s, "EditRefused");
    }
    return done(s.file(s.file().with(next)).bumped(2));
  }

  private static Step create(ModelState before, Command.Create c) {
    ModelState s = before.edited();
    if (s.file().broken()) {
      return refused(s, "ConfigInvalid");
    }
    boolean overlaps = s.file().sections().stream().anyMatch(o -> o.path().equals(c.path()));
    if (overlaps || s.file().find(c.name()) != null) {
      return refused(s, "EditRefused");
    }
    ModelState made = s.lockFiles().containsKey(c.path()) ? s : s.newLockFile(c.path());
    Section section = new Section(c.name(), c.path(), MaintenanceMode.NONE, made.edits());
    return done(made.file(made.file().with(section)).bumped(2));
  }

  private static Step remove(ModelState s, Command.Remove c) {
    Step deleting = save(s, c.name(), section -> section.with(MaintenanceMode.DELETE));
    if (!deleting.answer().equals(Answer.DONE)) {
      return deleting;
    }
    ModelState swept = closeIdle(deleting.state(), c.process(), c.name());
    boolean inUse = swept.processes().stream().anyMatch(p -> p.open().containsKey(c.name()));
    return inUse
        ? refused(swept, "DatastoreInUse")
        : done(swept.file(swept.file().without(c.name())).bumped(4));
  }

  private static String counts(ModelState s, String name) {
    int reads = 0;
    int writes = 0;
    for (ModelProcess p : s.processes()) {
      reads += p.count(name, Operation.READ);
      writes += p.count(name, Operation.WRITE);
    }
    return reads + "/" + writes;
  }
}
