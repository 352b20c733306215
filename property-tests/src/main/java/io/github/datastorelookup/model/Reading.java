package io.github.datastorelookup.model;

/** Somebody reads the config, and bases an edit on what was read. */
public sealed interface Reading extends Command {
  /** Asks for the config, and remembers its digest. */
  record Config(int process) implements Reading {
    @Override
    public String toString() {
      return "p" + process + ": config";
    }
  }

  /**
   * Saves a new comment, if the file is still the one that this process has read. Who has read none
   * expects a digest that no file has.
   */
  record UpdateAsRead(int process, String name) implements Reading {
    @Override
    public String toString() {
      return "p" + process + ": save " + name + " comment as read";
    }
  }
}
