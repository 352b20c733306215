package io.github.datastorelookup.model;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.MountTable;
import java.util.Locale;

/** An event from outside of the cluster's processes. */
public sealed interface ExternalEvent extends Command
    permits ExternalEvent.EditMode,
        ExternalEvent.EditComment,
        ExternalEvent.EditPath,
        ExternalEvent.EditOut,
        ExternalEvent.EditTorn,
        ExternalEvent.EditUnparsable,
        ExternalEvent.Bump,
        ExternalEvent.Wait,
        ExternalEvent.LockFile,
        ExternalEvent.Alias,
        ExternalEvent.Mount,
        ExternalEvent.FailConfig,
        ExternalEvent.FailFiles,
        ExternalEvent.ReadOnly,
        ExternalEvent.Hang,
        ExternalEvent.Interrupt,
        FileFault {
  @Override
  default int process() {
    return -1;
  }

  /** Makes a manual edit of the mode. */
  record EditMode(String name, MaintenanceMode mode) implements ExternalEvent {
    @Override
    public String toString() {
      return "editor: " + name + " " + mode.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes a manual edit of the comment. */
  record EditComment(String name) implements ExternalEvent {
    @Override
    public String toString() {
      return "editor: " + name + " comment";
    }
  }

  /** Makes a manual edit of the path, perhaps to another datastore's; adds a missing section. */
  record EditPath(String name, String path) implements ExternalEvent {
    @Override
    public String toString() {
      return "editor: " + name + " at " + path;
    }
  }

  /** Makes a manual edit that deletes the section. */
  record EditOut(String name) implements ExternalEvent {
    @Override
    public String toString() {
      return "editor: " + name + " gone";
    }
  }

  /** Leaves the file half-written, or completes it. */
  record EditTorn(boolean torn) implements ExternalEvent {
    @Override
    public String toString() {
      return torn ? "editor: half-written" : "editor: complete";
    }
  }

  /** Adds a section that no parser accepts; {@link EditTorn} removes it. */
  record EditUnparsable() implements ExternalEvent {
    @Override
    public String toString() {
      return "editor: unparsable";
    }
  }

  /** Bumps the generation without an edit, as any other program may. */
  record Bump() implements ExternalEvent {
    @Override
    public String toString() {
      return "bump";
    }
  }

  /** Lets time pass. */
  record Wait(int seconds) implements ExternalEvent {
    @Override
    public String toString() {
      return "wait " + seconds + " s";
    }
  }

  /** Removes {@code .lock}, or makes a new one. */
  record LockFile(String path, boolean there) implements ExternalEvent {
    @Override
    public String toString() {
      return path + "/.lock " + (there ? "made anew" : "removed");
    }
  }

  /** Makes {@code .lock} at one path the same file as that at another, if there is one. */
  record Alias(String path, String existing) implements ExternalEvent {
    @Override
    public String toString() {
      return path + "/.lock is that of " + existing;
    }
  }

  /** Mounts a removable datastore, unmounts it, or hides the mount table. */
  record Mount(String name, MountTable.Status status) implements ExternalEvent {
    @Override
    public String toString() {
      return "mount " + name + ": " + status.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes the config file fail, or work again. */
  record FailConfig(boolean fails) implements ExternalEvent {
    @Override
    public String toString() {
      return fails ? "config unreadable" : "config readable";
    }
  }

  /** Makes opening and closing at this path fail, or work again. */
  record FailFiles(String path, boolean fails) implements ExternalEvent {
    @Override
    public String toString() {
      return path + (fails ? " is broken" : " is repaired");
    }
  }

  /** Makes the disk at this path read-only, or writable again. */
  record ReadOnly(String path, boolean only) implements ExternalEvent {
    @Override
    public String toString() {
      return path + (only ? " is read-only" : " is writable");
    }
  }

  /** Makes the datastore at this path hang, or no longer. */
  record Hang(String path, boolean hangs) implements ExternalEvent {
    @Override
    public String toString() {
      return path + (hangs ? " hangs" : " hangs no more");
    }
  }

  /** Interrupts a thread of the race, numbered from 1, at any point of its command. */
  record Interrupt(int thread) implements ExternalEvent {
    @Override
    public String toString() {
      return "interrupt T" + thread;
    }
  }
}
