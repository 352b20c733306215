package io.github.datastorelookup.processes;

import io.github.datastorelookup.DatastoreException;

/**
 * A refusal that nothing in a run explains: its files are sound, its locks are held for short, its
 * sections are there. Each kind is laid to the invariant without which it would not have come.
 */
final class Unexpected {
  private Unexpected() {}

  /** The invariant that this refusal shows to be broken. */
  static String breaks(DatastoreException e) {
    if (e instanceof DatastoreException.NoSuchDatastore
        || e instanceof DatastoreException.EditRefused) {
      return "INV-1"; // somebody works with another config than the saved one
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
    return "INV-13"; // a lock or a file was harmed by somebody else's call
  }
}
