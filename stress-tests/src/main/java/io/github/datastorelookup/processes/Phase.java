package io.github.datastorelookup.processes;

/** What the parent wants of a worker; it sends the name of the phase in a line. */
public enum Phase {
  /** Everything at random. */
  BUSY,
  /** Lookups only, no edits. */
  QUIET,
  /** Close all and end. */
  STOP
}
