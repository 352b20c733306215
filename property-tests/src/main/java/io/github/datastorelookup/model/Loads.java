package io.github.datastorelookup.model;

import io.github.datastorelookup.model.Model.Step;
import io.github.datastorelookup.model.ModelProcess.Cached;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of the model that decides what a process has cached, may use, and can load. */
final class Loads {
  private Loads() {}

  /** Whether the process may use its cached config: same generation, and younger than the TTL. */
  static boolean current(ModelState s, ModelProcess p) {
    Cached cached = p.cached();
    return cached != null && ofNow(s, p) && s.now() - cached.loadedAt() < s.ttl();
  }

  /** Whether no process has saved since, as far as this one can know. */
  static boolean ofNow(ModelState s, ModelProcess p) {
    Cached cached = p.cached();
    return cached != null && p.shared().says(cached.generation(), s.generation());
  }

  /** Why this process cannot acquire the config lock, or may do nothing with it; or null. */
  static @Nullable String locking(ModelState s, int number) {
    return s.access().locked()
        ? "LockTimeout"
        : s.process(number).shared().replaced() ? "SharedStateReplaced" : null;
  }

  /** A process with the lock checks whether its files are in place, and remembers if not. */
  static ModelState looked(ModelState s, int number) {
    return s.access().locked() ? s : s.process(number, p -> p.sharing(p.shared().looked()));
  }

  /** A process parses the file as it is; it remembers that there are sections. */
  static ModelState parsed(ModelState s, int number) {
    boolean known = s.fault(s.process(number)) == null && !s.file().sections().isEmpty();
    return known ? s.process(number, p -> p.sharing(p.shared().knowingSections())) : s;
  }

  /** Makes the cached config current, if possible. */
  static ModelState load(ModelState before, int number) {
    if (current(before, before.process(number))) {
      return before;
    }
    ModelState s = looked(before, number);
    ModelProcess p = s.process(number);
    Cached old = p.cached();
    if (unloadable(s, number) != null) {
      return s;
    }
    boolean noticed =
        old != null
            && p.shared().counter()
            && old.generation() == s.generation()
            && !old.config().text().equals(s.file().text());
    ModelState next = parsed(s.bumped(noticed ? 1 : 0), number);
    p = next.process(number);
    return next.process(number, p.caching(Cached.next(old, s.file(), next.generation(), s.now())));
  }

  /** Why the config cannot be loaded, or null. */
  static @Nullable String unloadable(ModelState s, int number) {
    String refusal = locking(s, number);
    return refusal == null ? s.fault(s.process(number)) : refusal;
  }

  /** The config as a lookup would see it. */
  static Step config(ModelState before, int number) {
    boolean warm = current(before, before.process(number));
    String refusal = warm ? null : unloadable(before, number);
    if (refusal != null) {
      return Step.refused(looked(before, number), refusal);
    }
    ModelState s = load(before, number);
    ModelConfig config = Objects.requireNonNull(s.process(number).cached()).config();
    return new Step(s.process(number, p -> p.seeing(config)), Answer.config(config));
  }
}
