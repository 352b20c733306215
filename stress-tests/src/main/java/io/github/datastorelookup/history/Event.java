package io.github.datastorelookup.history;

/**
 * The event that a line of a history reports.
 *
 * <p>Each call leaves two lines: one before it began, one after it returned. The call took effect
 * between the two times.
 */
public enum Event {
  /** The thread begins to work. */
  STARTED(false),
  /** A lookup begins; detail: operation. */
  LOOKUP_START(true),
  /** A duplicate of an open handle begins; detail: operation. */
  DUPLICATE_START(true),
  /** A handle was returned; detail: operation and the save that its section shows, or a dash. */
  GRANT(false),
  /** A handle acquired the chunk store's lock; detail: shared or exclusive. */
  LOCKED(false),
  /** The handle is about to release that lock. */
  UNLOCK_START(true),
  /** A handle is about to be closed. */
  DROP_START(true),
  /** A handle was closed. */
  DROPPED(false),
  /** A save of the comment begins; detail: its number. */
  SAVE_START(true),
  /** That save returned; detail: its number. */
  SAVE_OK(false),
  /** A manual edit begins; detail: its number, in the sequence of the saves. */
  EDIT_START(true),
  /** That edit is complete; detail: its number. */
  EDIT_OK(false),
  /** The config does not parse from now on, until the edit of this id is complete. */
  TORN(false),
  /** The process itself found an invariant broken; detail: which one, and how. */
  VIOLATED(false),
  /** The library logged a warning; detail: its text. */
  WARNED(false),
  /** A maintenance mode is about to be set; detail: its key. */
  SET_START(true),
  /** That mode was set. */
  SET_OK(false),
  /** A look at all words found nothing counted that the mode refuses. Id of the setting. */
  DRAINED(false),
  /** A datastore is about to be unmounted; detail: the mode's key. */
  UNMOUNT_START(true),
  /** It was unmounted and mounted again. */
  UNMOUNT_OK(false),
  /** The decider of the drained datastore begins to act on its files. Id of the call. */
  ACT_START(false),
  /** The decider has acted on the files. Id of the call. */
  ACT_END(false),
  /** Maintenance is about to be ended. */
  CLEAR_START(true),
  /** Maintenance was ended. */
  CLEAR_OK(false),
  /** The operations of all processes are about to be counted. */
  CENSUS_START(true),
  /** They were counted; detail: reads and writes. */
  CENSUS(false),
  /** A datastore is about to be created. */
  CREATE_START(true),
  /** It was created. */
  CREATE_OK(false),
  /** A datastore is about to be removed. */
  REMOVE_START(true),
  /** It was removed. */
  REMOVE_OK(false),
  /** Idle files are about to be closed. */
  REFRESH_START(true),
  /** They were closed. */
  REFRESHED(false),
  /** The call of this id was refused with an expected error; detail: its type. */
  REFUSED(false),
  /** The thread makes no saves from here on. */
  QUIET(false),
  /** The thread was granted every datastore that no mode refuses. */
  ALL_GRANTED(false),
  /** The thread is done. */
  ENDED(false),
  /** By the parent: a process is about to be killed; name: its log. */
  KILL_START(true),
  /** By the parent: that process is gone; name: its log. */
  DEAD(false);

  private final boolean start;

  Event(boolean start) {
    this.start = start;
  }

  /** Whether a call begins here. */
  public boolean start() {
    return start;
  }
}
