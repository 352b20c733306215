package io.github.datastorelookup.processes;

/** What the parent asks of a worker, by a line with the name of the phase. */
public enum Phase {
  /** Everything at random. */
  BUSY,
  /** Lookups, drops and counts only, no saves: the time of manual edits. */
  QUIET,
  /** The worker has to be granted every datastore that no mode refuses. */
  LAST,
  /** Close all and end. */
  STOP
}
