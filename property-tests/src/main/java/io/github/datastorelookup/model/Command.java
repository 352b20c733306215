package io.github.datastorelookup.model;

import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import java.util.Locale;

/**
 * One thing that somebody does. Processes are numbered from 0; a command of a process that is not
 * alive, or on a handle that is not there, does nothing.
 */
public sealed interface Command {
  /** The process that does it, or -1 for somebody outside. */
  int process();

  /** A lookup; the handle is kept. */
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

  /** Closes a handle again that was closed before. */
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
      return "p" + process + ": save " + name + " " + mode.name().toLowerCase(Locale.ROOT);
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

  /** Removes a datastore, waiting for nobody. */
  record Remove(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": remove " + name;
    }
  }

  /** Asks for the operations of all processes. */
  record Count(int process, String name) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": count " + name;
    }
  }

  /** The watcher's work, done by hand. */
  record Refresh(int process) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": refresh";
    }
  }

  /** {@code SIGKILL}. */
  record Kill(int process) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": killed";
    }
  }

  /** Starts the process again, if it is dead. */
  record Start(int process) implements Command {
    @Override
    public String toString() {
      return "p" + process + ": started";
    }
  }

  /** Something that no process of ours does. */
  sealed interface Outside extends Command {
    @Override
    default int process() {
      return -1;
    }
  }

  /** Edits the mode by hand. */
  record EditMode(String name, MaintenanceMode mode) implements Outside {
    @Override
    public String toString() {
      return "editor: " + name + " " + mode.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Edits the comment by hand. */
  record EditComment(String name) implements Outside {
    @Override
    public String toString() {
      return "editor: " + name + " comment";
    }
  }

  /** Edits the path by hand, perhaps to that of another datastore; adds the section if need be. */
  record EditPath(String name, String path) implements Outside {
    @Override
    public String toString() {
      return "editor: " + name + " at " + path;
    }
  }

  /** Deletes the section by hand. */
  record EditOut(String name) implements Outside {
    @Override
    public String toString() {
      return "editor: " + name + " gone";
    }
  }

  /** Leaves the file half-written, or completes it. */
  record EditTorn(boolean torn) implements Outside {
    @Override
    public String toString() {
      return torn ? "editor: half-written" : "editor: complete";
    }
  }

  /** Bumps the generation without an edit, as any other program may. */
  record Bump() implements Outside {
    @Override
    public String toString() {
      return "bump";
    }
  }

  /** Lets time pass. */
  record Wait(int seconds) implements Outside {
    @Override
    public String toString() {
      return "wait " + seconds + " s";
    }
  }

  /** Removes {@code .lock}, or makes a new one. */
  record LockFile(String path, boolean there) implements Outside {
    @Override
    public String toString() {
      return path + "/.lock " + (there ? "made anew" : "removed");
    }
  }
}
