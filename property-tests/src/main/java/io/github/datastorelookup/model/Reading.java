package io.github.datastorelookup.model;

/** A command of a process that reads the config, and bases an edit on it. */
public sealed interface Reading extends Command {
  /** Asks for the config, and remembers its digest. */
  record Config(int process) implements Reading {
    @Override
    public String toString() {
      return "p" + process + ": config";
    }
  }

  /**
   * Saves a new comment, if the file is still the one that this process has read. A process that
   * has read none expects a digest that no file has.
   */
  record UpdateAsRead(int process, String name) implements Reading {
    @Override
    public String toString() {
      return "p" + process + ": save " + name + " comment as read";
    }
  }
}
