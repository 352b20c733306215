package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreException;

/**
 * Maps a refusal that nothing in a run explains to the invariant that it shows broken. The files of
 * a run are sound, its processes hold locks briefly, and its sections exist.
 */
final class Unexpected {
  private Unexpected() {}

  /** The invariant that this refusal shows to be broken. */
  static String breaks(DatastoreException e) {
    if (e instanceof DatastoreException.NoSuchDatastore
        || e instanceof DatastoreException.EditRefused) {
      return "INV-1"; // a process works with another config than the saved one
    }
    if (e instanceof DatastoreException.LedgerUnavailable) {
      return "INV-6"; // a live process that cannot be counted
    }
    if (e instanceof DatastoreException.OpenFailed) {
      return "INV-10"; // the files are at the path of the config
    }
    if (e instanceof DatastoreException.LockTimeout
        || e instanceof DatastoreException.DatastoreBusy) {
      return "INV-11";
    }
    return "INV-13"; // another call harmed a lock or a file
  }
}
