package io.github.datastorelookup.oracle;

import io.github.datastorelookup.ActiveOperations;
import io.github.datastorelookup.DatastoreException;
import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Drain;
import io.github.datastorelookup.model.Command;
import io.github.datastorelookup.model.ModelConfig;
import io.github.datastorelookup.simulation.SimulatedProcess;
import java.util.function.BiFunction;

/**
 * What the commands of one process run on, and what the checkers judge: a registry of this library,
 * or one of another implementation of the protocol. Each method refuses with a {@link
 * DatastoreException} or with {@link Refused}.
 */
public interface Subject {
  /** Opens the registry of a process, whose number is given, on the ports of that process. */
  interface Opener extends BiFunction<SimulatedProcess, Integer, Subject> {}

  /**
   * A refusal of an implementation that has no exceptions of this library.
   *
   * @see #outcome
   */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String outcome;

    /** A refusal of this kind: the simple name of a {@link DatastoreException}. */
    public Refused(String outcome) {
      super(outcome);
      this.outcome = outcome;
    }

    /** Its kind. */
    public String outcome() {
      return outcome;
    }
  }

  /** The config as a reader saw it. */
  record Seen(ModelConfig config, String digest) {}

  /** Opens a registry of this library. */
  static Subject own(SimulatedProcess process, int number) {
    return OwnSubject.open(process);
  }

  /** Grants a handle. */
  DatastoreHandle lookup(Command.Lookup command);

  /** Counts the operations of all processes. */
  ActiveOperations count(Command.Count command);

  /** Reads the config. */
  Seen config();

  /**
   * Changes the config: sets a mode, or writes or updates a section.
   *
   * @param comment the text of a command that writes a comment
   * @param digest of the config on which the edit is based, for a command that states it
   */
  void edit(Command command, String comment, String digest);

  /**
   * Drains, and acts.
   *
   * @param path where a move leads, as a section has it
   */
  void drain(Command command, String path, Drain drain, Runnable task);

  /** Does the watcher's work once. */
  void refresh();

  /** Closes the registry. */
  void close();

  /** The process was killed: nothing of it goes on. */
  default void killed() {}
}
