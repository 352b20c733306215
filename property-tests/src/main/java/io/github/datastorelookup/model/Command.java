package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.Locale;

/**
 * One action of a process or of its environment. Processes are numbered from 0; a command of a dead
 * process, or on a missing handle, does nothing.
 */
public sealed interface Command
    permits Command.Lookup,
        Command.Close,
        Command.CloseAgain,
        Command.Duplicate,
        Command.SetMode,
        Command.Update,
        Command.Create,
        Command.Maintain,
        Command.Move,
        Command.Count,
        Command.Refresh,
        Command.CloseRegistry,
        Command.Kill,
        Command.Start,
        Command.FailLedger,
        Command.LimitFiles,
        Command.Rest,
        Reading,
        ExternalEvent {
  /** The process that runs the command, or -1 for the environment. */
  int process();

  /** A lookup; the process keeps the handle. */
  record Lookup(int process, String name, Operation operation) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": lookup " + name + " " + operation;
    }
  }

  /** Closes the handle that the process has held longest for this datastore. */
  record Close(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": close " + name;
    }
  }

  /** Closes the closed handles of this datastore again. */
  record CloseAgain(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": close " + name + " again";
    }
  }

  /** Duplicates the handle that the process has held longest for this datastore. */
  record Duplicate(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": duplicate " + name;
    }
  }

  /** Sets the maintenance mode; {@code NONE} clears it. */
  record SetMode(int process, String name, MaintenanceMode mode) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": save " + name + " " + lower(mode);
    }
  }

  /** Saves a new comment. */
  record Update(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": save " + name + " comment";
    }
  }

  /** Creates a datastore. */
  record Create(int process, String name, String path) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": create " + name + " at " + path;
    }
  }

  /**
   * Sets a mode, waits, acts, and ends the mode; {@code DELETE} removes data and section.
   *
   * @param millis the longest wait
   * @param ending what happens meanwhile
   */
  record Maintain(int process, String name, MaintenanceMode mode, int millis, Ending ending)
      implements Command {
    /** Waits for no operation. */
    public Maintain(int process, String name, MaintenanceMode mode) {
      this(process, name, mode, 0, Ending.GOOD);
    }

    @Override
    public String toString() {
      String what = mode == MaintenanceMode.DELETE ? "destroy" : "run in " + lower(mode) + ":";
      String end = ending == Ending.GOOD ? "" : ", " + lower(ending);
      String time = millis == 0 ? "" : " in " + millis + " ms";
      return "p" + process + ": " + what + " " + name + time + end;
    }
  }

  /**
   * Sets {@code OFFLINE}, waits for no operation, moves the data, and changes the path, which is
   * not a mount point; a removable datastore keeps its path.
   */
  record Move(int process, String name, String path, Ending ending) implements Command {
    @Override
    public String toString() {
      String end = ending == Ending.GOOD ? "" : ", " + lower(ending);
      return "p" + process + ": move " + name + " to " + path + end;
    }
  }

  /** What happens between the start of a drain and its end. */
  enum Ending {
    /** Nothing. */
    GOOD,
    /** The task fails. */
    FAILS,
    /** The caller cancels the drain, unless it has nothing to wait for. */
    CANCELLED,
    /** A manual edit sets another mode, as soon as the drain makes a callback. */
    TAKEN,
    /** The caller of a destroy declares the data gone: none is removed. */
    GONE
  }

  /** Counts the operations of all processes. */
  record Count(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": count " + name;
    }
  }

  /** Does the watcher's work once. */
  record Refresh(int process) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": refresh";
    }
  }

  /** Closes the registry; handles stay. */
  record CloseRegistry(int process) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": close the registry";
    }
  }

  /** {@code SIGKILL}. */
  record Kill(int process) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": killed";
    }
  }

  /**
   * Starts the process again if it is dead, or opens another registry in it if it closed the last.
   *
   * @param counter whether it finds a generation counter
   */
  record Start(int process, boolean counter) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": started" + (counter ? "" : " without a counter");
    }
  }

  /** Makes the process's ledger full, or gives it room. */
  record FailLedger(int process, boolean full) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": ledger " + (full ? "full" : "with room");
    }
  }

  /** Limits how many chunk stores the process can have open; {@link #UNLIMITED} ends the limit. */
  record LimitFiles(int process, int most) implements Command {
    /** As many as there are. */
    public static final int UNLIMITED = 99;

    @Override
    public String toString() {
      return "p" + process + ": at most " + most + " files";
    }
  }

  /** Does nothing for this long, so that other threads run. */
  record Rest(int process, int millis) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": rests " + millis + " ms";
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
