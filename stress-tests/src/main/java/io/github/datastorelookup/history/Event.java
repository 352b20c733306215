package io.github.datastorelookup.history;

/**
 * What a line of a history says happened.
 *
 * <p>Each call leaves two lines: one before it began, one after it returned. So whatever the call
 * did, it did between the two times.
 */
public enum Event {
  /** The thread works from here on. */
  STARTED(false),
  /** A lookup begins; detail: operation. */
  LOOKUP_START(true),
  /** Another handle of one that is open is asked for; detail: operation. */
  DUPLICATE_START(true),
  /** A handle was returned; detail: operation and the save that its section shows, or a dash. */
  GRANT(false),
  /** The chunk store's lock was taken by a handle; detail: shared or exclusive. */
  LOCKED(false),
  /** That lock is about to be given back. */
  UNLOCK_START(true),
  /** A handle is about to be closed. */
  DROP_START(true),
  /** A handle was closed. */
  DROPPED(false),
  /** The comment is about to be changed; detail: number of the save. */
  SAVE_START(true),
  /** That save returned; detail: its number. */
  SAVE_OK(false),
  /** An edit by hand begins; detail: its number, in the sequence of the saves. */
  EDIT_START(true),
  /** That edit is complete; detail: its number. */
  EDIT_OK(false),
  /** From now on until the edit of this id is complete the config does not parse. */
  TORN(false),
  /** The process itself saw an invariant broken; detail: which, and how. */
  VIOLATED(false),
  /** The library warned; detail: of what. */
  WARNED(false),
  /** A maintenance mode is about to be set; detail: its key. */
  SET_START(true),
  /** That mode was set. */
  SET_OK(false),
  /** All words were read: nothing that the mode refuses was counted. Id of the setting. */
  DRAINED(false),
  /** A datastore is about to be unmounted; detail: the mode's key. */
  UNMOUNT_START(true),
  /** It was unmounted and mounted again. */
  UNMOUNT_OK(false),
  /** It is drained, and whoever drained it acts on its files now. Id of the call. */
  ACT_START(false),
  /** The files are as they shall be. Id of the call. */
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
