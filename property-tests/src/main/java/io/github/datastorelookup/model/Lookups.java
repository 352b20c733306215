package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.model.Model.Step;
import io.github.datastorelookup.model.ModelConfig.Section;
import io.github.datastorelookup.model.ModelProcess.Cached;
import io.github.datastorelookup.model.ModelProcess.Files;
import io.github.datastorelookup.model.ModelProcess.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of the model that grants handles, drops them, and closes files. */
final class Lookups {
  /** No answer of a call: it is tried again, or refused. */
  private static final String OUT_OF_FILES = "out of files";

  private Lookups() {}

  static Step lookup(ModelState before, Command.Lookup c) {
    boolean warm = Loads.current(before, before.process(c.process()));
    String refusal = warm ? null : Loads.unloadable(before, c.process());
    if (refusal != null) {
      return Step.refused(Loads.looked(before, c.process()), refusal);
    }
    ModelState s = Loads.load(before, c.process());
    Cached cached = Objects.requireNonNull(s.process(c.process()).cached());
    Section section = cached.config().find(c.name());
    if (section == null) {
      return Step.refused(s, "NoSuchDatastore");
    } else if (!Model.admits(section.mode(), c.operation())) {
      return Step.refused(s, "DatastoreUnavailable");
    }
    Step opened = c.operation() == Operation.LOOKUP ? Step.done(s) : count(s, c, section, warm);
    if (!opened.answer().equals(Answer.DONE)) {
      return opened;
    }
    return hold(opened.state(), c.process(), new Held(c.operation(), section));
  }

  private static Step hold(ModelState s, int number, Held held) {
    List<Held> handles = new ArrayList<>(s.process(number).handles());
    handles.add(held);
    Section granted = held.section();
    return new Step(
        s.process(number, p -> p.holding(handles)),
        Answer.granted("v" + granted.version(), granted.path()));
  }

  /** Counts an operation, and opens the files if necessary. */
  private static Step count(ModelState before, Command.Lookup c, Section section, boolean warm) {
    ModelState s = before;
    ModelProcess p = s.process(c.process());
    if (warm && !section.removable() && p.open().containsKey(c.name())) {
      Files files = Objects.requireNonNull(p.open().get(c.name()));
      Integer since = Objects.requireNonNull(p.cached()).since().get(c.name());
      if (Objects.equals(since, files.since()) && files.serves(c.operation())) {
        return Step.done(s); // a warm lookup does not check open files again
      }
      s = closeIdle(s, c.process(), c.name()); // an undo is a drop
    }
    String refusal = Loads.locking(s, c.process());
    if (refusal != null) {
      return Step.refused(Loads.looked(s, c.process()), refusal);
    } else if (section.removable() && !s.disk().mounted().contains(c.name())) {
      return Step.refused(s, "NotMounted");
    } else if (p.shared().ledgerFull() && !p.slots().contains(c.name())) {
      return Step.refused(s, "LedgerUnavailable");
    }
    Step opened = tryOpen(s.process(c.process(), o -> o.counting(c.name())), c, section);
    if (opened.answer().equals(Answer.refused(OUT_OF_FILES))) { // R2
      ModelState spared = evictIdle(opened.state(), c.process());
      opened =
          spared.equals(opened.state())
              ? Step.refused(spared, "OpenFailed")
              : tryOpen(spared, c, section);
    }
    return opened.answer().equals(Answer.refused(OUT_OF_FILES))
        ? Step.refused(opened.state(), "OpenFailed")
        : opened;
  }

  private static Step tryOpen(ModelState s, Command.Lookup c, Section section) {
    Step opened = open(s, c, section);
    return opened.answer().equals(Answer.DONE)
        ? opened // else an undo again
        : new Step(closeIdle(opened.state(), c.process(), c.name()), opened.answer());
  }

  /** R2: all of them, as there are not many. */
  private static ModelState evictIdle(ModelState s, int number) {
    ModelProcess p = s.process(number);
    Map<String, Files> open = new TreeMap<>(p.open());
    open.keySet().removeIf(name -> !p.uses(name));
    return s.process(number, p.opening(open));
  }

  private static Step open(ModelState s, Command.Lookup c, Section section) {
    int number = c.process();
    ModelProcess p = s.process(number);
    Integer lockFile = s.disk().lockFiles().get(section.path());
    if (lockFile == null) {
      return Step.refused(s, "OpenFailed");
    }
    Cached cached = Objects.requireNonNull(p.cached());
    int since = Objects.requireNonNull(cached.since().get(section.name()));
    boolean readOnly = s.disk().readOnly().contains(section.path());
    Files wanted = new Files(section.path(), lockFile, since, !readOnly);
    Map<String, Files> open = new TreeMap<>(p.open());
    Files old = open.get(section.name());
    if (old != null && old.at(section, lockFile) && old.serves(c.operation())) {
      open.put(section.name(), new Files(old.path(), lockFile, since, old.writable()));
      return Step.done(s.process(number, p.opening(open)));
    }
    if (old != null) {
      if (p.uses(section.name())) {
        return Step.refused(s, old.at(section, lockFile) ? "OpenFailed" : "DatastoreBusy");
      }
      open.remove(section.name());
    }
    boolean taken =
        open.entrySet().stream()
            .anyMatch(e -> e.getValue().lockFile() == lockFile && p.uses(e.getKey()));
    if (taken) {
      return Step.refused(s.process(number, p.opening(open)), "DatastoreBusy");
    }
    open.values().removeIf(files -> files.lockFile() == lockFile);
    if (s.disk().failing().contains(section.path()) || !wanted.serves(c.operation())) {
      return Step.refused(s.process(number, p.opening(open)), "OpenFailed");
    }
    if (open.size() >= p.shared().mostFiles()) {
      return Step.refused(s.process(number, p.opening(open)), OUT_OF_FILES);
    }
    open.put(section.name(), wanted);
    return Step.done(s.process(number, p.opening(open)));
  }

  static Step close(ModelState s, Command.Close c) {
    ModelProcess p = s.process(c.process());
    Held oldest = oldest(p, c.name());
    if (oldest == null) {
      return new Step(s, Answer.NOTHING);
    }
    List<Held> handles = new ArrayList<>(p.handles());
    handles.remove(oldest);
    ModelState next = s.process(c.process(), p.holding(handles));
    return Step.done(oldest.counted() ? closeIdle(next, c.process(), c.name()) : next);
  }

  static Step duplicate(ModelState s, Command.Duplicate c) {
    ModelProcess p = s.process(c.process());
    Held oldest = oldest(p, c.name());
    if (oldest == null) {
      return new Step(s, Answer.NOTHING);
    }
    return hold(s, c.process(), oldest);
  }

  private static @Nullable Held oldest(ModelProcess p, String name) {
    return p.handles().stream()
        .filter(h -> h.section().name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Closes the files of a datastore that is idle and that the config wants closed. */
  static ModelState closeIdle(ModelState s, int number, String name) {
    ModelProcess p = s.process(number);
    Files files = p.open().get(name);
    if (files == null || p.uses(name)) {
      return s;
    }
    Cached cached = p.cached();
    boolean current = Loads.ofNow(s, p);
    if (!p.closed() && !current && s.fault(p) != null) {
      return s;
    }
    ModelConfig visible = current && cached != null ? cached.config() : s.file();
    Section section = visible.find(name);
    boolean unwanted =
        p.closed()
            || section == null
            || Model.clears(section.mode())
            || !section.path().equals(files.path());
    if (!unwanted) {
      return s;
    }
    Map<String, Files> open = new TreeMap<>(p.open());
    open.remove(name);
    return s.process(number, p.opening(open));
  }

  static ModelState sweep(ModelState s, int number) {
    ModelState next = s;
    for (String name : s.process(number).open().keySet()) {
      next = closeIdle(next, number, name);
    }
    return next;
  }

  /** Does the watcher's work. */
  static ModelState refresh(ModelState s, int number) {
    ModelProcess p = s.process(number);
    ModelState loaded =
        p.closed() // else it checks its files in any case, without a lock unless it has to load
            ? s
            : Loads.current(s, p)
                ? s.process(number, p.sharing(p.shared().looked()))
                : Loads.load(s, number);
    boolean looksAgain = !p.closed() && !Loads.ofNow(loaded, loaded.process(number));
    return sweep(looksAgain ? Loads.parsed(loaded, number) : loaded, number);
  }

  static Step counts(ModelState s, int number, String name) {
    String refusal = Loads.locking(s, number);
    if (refusal != null || Drains.cannotCount(s, number, name)) {
      return Step.refused(Loads.looked(s, number), refusal != null ? refusal : "LedgerUnavailable");
    }
    int reads = 0;
    int writes = 0;
    for (int i = 0; i < s.processes().size(); i++) {
      if (Drains.seen(s, i, number)) {
        reads += s.process(i).count(name, Operation.READ);
        writes += s.process(i).count(name, Operation.WRITE);
      }
    }
    return new Step(s, new Answer("done", reads + "/" + writes));
  }
}
