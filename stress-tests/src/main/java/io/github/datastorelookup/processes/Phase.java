package io.github.datastorelookup.processes;

/** What the parent wants of a worker; it sends the name of the phase in a line. */
public enum Phase {
  /** Everything at random. */
  BUSY,
  /** Lookups, drops and counts only, no saves: the time of edits by hand. */
  QUIET,
  /** Every datastore that no mode refuses has to be granted. */
  LAST,
  /** Close all and end. */
  STOP
}
