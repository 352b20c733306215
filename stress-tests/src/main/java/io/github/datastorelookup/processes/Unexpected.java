package io.github.datastorelookup.processes;

/**
 * Maps a refusal that nothing in a run explains to the invariant that it shows broken. The files of
 * a run are sound, its processes hold locks briefly, and its sections exist.
 */
final class Unexpected {
  private Unexpected() {}

  /** The invariant that this refusal shows to be broken. */
  static String breaks(String refused) {
    return switch (refused) {
      case "NoSuchDatastore", "EditRefused" ->
          "INV-1"; // it works with another config than the saved one
      case "LedgerUnavailable" -> "INV-6"; // a live process that cannot be counted
      case "OpenFailed" -> "INV-10"; // the files are at the path of the config
      case "LockTimeout", "DatastoreBusy" -> "INV-11";
      default -> "INV-13"; // another call harmed a lock or a file
    };
  }
}
