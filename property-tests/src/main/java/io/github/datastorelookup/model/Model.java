package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.config.SafeId;
import io.github.datastorelookup.model.ModelConfig.Section;
import java.util.function.UnaryOperator;

/**
 * The sequential specification: one command at a time, and exactly one answer to each. Pure; {@code
 * docs/reference/model.md} describes it in full.
 *
 * <p>It claims, after each command: the answer, down to the section that granted or the type of the
 * refusal; the text of the config file; the generation; which files each process has open; the
 * counts. It does not claim anything about commands that overlap, about how long one takes ({@link
 * ModelState#at} passes it the time), or about messages, statistics and the log.
 *
 * <p>A manual edit may go unseen for a TTL, but the model leaves no choice. The state records what
 * each process loaded and when, so {@link Loads} knows whether a lookup uses its load or the file.
 * The oracle's history of all texts judges lookups that race.
 *
 * <p>{@link Lookups} models handles, {@link Saves} and {@link Drains} model edits, and {@link
 * ModelEnvironment} models external events.
 */
public final class Model {
  /**
   * A step.
   *
   * @param state after the command
   * @param answer the answer that the command must give
   */
  public record Step(ModelState state, Answer answer) {
    static Step done(ModelState next) {
      return new Step(next, Answer.DONE);
    }

    static Step refused(ModelState next, String type) {
      return new Step(next, Answer.refused(type));
    }
  }

  private Model() {}

  /** The effect of the command on the state, and its answer. */
  public static Step step(ModelState s, Command command) {
    if (command instanceof ExternalEvent c) {
      return Step.done(ModelEnvironment.step(s, c));
    } else if (command instanceof Command.Start c) {
      return start(s, c);
    }
    ModelProcess p = s.process(command.process());
    if (!p.alive()) {
      return new Step(s, Answer.NOTHING);
    }
    if (command instanceof Command.Kill c) {
      return Step.done(s.process(c.process(), ModelProcess.dead()));
    } else if (command instanceof Command.FailLedger c) {
      return Step.done(s.process(c.process(), p.sharing(p.shared().full(c.full()))));
    } else if (command instanceof Command.LimitFiles c) {
      return Step.done(s.process(c.process(), p.sharing(p.shared().limited(c.most()))));
    } else if (command instanceof Command.CloseRegistry c) {
      return Step.done(Lookups.sweep(s.process(c.process(), p.closing()), c.process()));
    } else if (command instanceof Command.CloseAgain || command instanceof Command.Rest) {
      return Step.done(s);
    } else if (command instanceof Command.Close c) {
      return Lookups.close(s, c);
    } else if (command instanceof Command.Duplicate c) {
      return Lookups.duplicate(s, c);
    } else if (command instanceof Command.Refresh c) {
      return Step.done(Lookups.refresh(s, c.process()));
    }
    return ofRegistry(s, command, p);
  }

  /** A command that needs an open registry. */
  private static Step ofRegistry(ModelState s, Command command, ModelProcess p) {
    if (command instanceof Reading.Config c && !p.closed()) {
      return Loads.config(s, c.process());
    }
    String refusal =
        !(command instanceof Reading.Config) && !SafeId.isValid(name(command))
            ? "InvalidName"
            : p.closed() ? "RegistryClosed" : null;
    if (refusal != null) {
      return Step.refused(written(s, command), refusal);
    } else if (command instanceof Command.Lookup c) {
      return Lookups.lookup(s, c);
    } else if (command instanceof Command.Count c) {
      return Lookups.counts(s, c.process(), c.name());
    }
    return Saves.step(written(s, command), command);
  }

  private static String name(Command command) {
    return command instanceof Command.Lookup c
        ? c.name()
        : command instanceof Command.Count c ? c.name() : Saves.name(command);
  }

  /** Counts a new version, whether or not it can be saved. */
  private static ModelState written(ModelState s, Command command) {
    return command instanceof Command.Update
            || command instanceof Reading.UpdateAsRead
            || command instanceof Command.Create
        ? s.edited()
        : s;
  }

  private static Step start(ModelState s, Command.Start c) {
    ModelProcess p = s.process(c.process());
    return switch (p.life()) {
      case RUNNING -> new Step(s, Answer.NOTHING);
      case DEAD -> Step.done(s.process(c.process(), ModelProcess.started(c.counter())));
      case CLOSED ->
          p.open().isEmpty()
              ? Step.done(s.process(c.process(), p.reopened(c.counter())))
              : Step.refused(s, "LedgerUnavailable");
    };
  }

  /** Makes a manual edit of a section, if it exists; writes the file in any case. */
  static ModelState edit(ModelState s, String name, UnaryOperator<Section> change) {
    Section old = s.file().find(name);
    return s.file(old == null ? s.file().without(name) : s.file().with(change.apply(old)));
  }

  /** Whether the paths are equal, or one is below the other. */
  public static boolean overlap(String one, String other) {
    return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
  }

  /** Whether the mode admits the operation. */
  public static boolean admits(MaintenanceMode mode, Operation operation) {
    return switch (mode) {
      case NONE -> true;
      case READ_ONLY -> operation != Operation.WRITE;
      case OFFLINE, UNMOUNT, S3_REFRESH, UNKNOWN -> operation == Operation.LOOKUP;
      case DELETE -> false;
    };
  }

  /** Whether idle files must be closed in this mode. */
  public static boolean clears(MaintenanceMode mode) {
    return mode == MaintenanceMode.OFFLINE
        || mode == MaintenanceMode.DELETE
        || mode == MaintenanceMode.UNMOUNT;
  }
}
