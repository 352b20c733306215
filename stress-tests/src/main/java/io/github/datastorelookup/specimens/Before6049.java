package io.github.datastorelookup.specimens;

/**
 * PBS up to 4.1.1, as issue 6049 found it: every lookup, and the last drop of a process, reads and
 * parses the whole file.
 *
 * <p>Right: lookups see manual edits at once; a crash between replacing the file and the bump is
 * harmless; no wall clock. Wrong: all that {@link BaseSpecimen} lists but P17, and a lookup takes
 * time in proportion to the number of datastores. A drop does not close what has no section any
 * more.
 */
final class Before6049 extends BaseSpecimen {
  Before6049(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Loaded atLookup() {
    Loaded read = source.read();
    return new Loaded(read.config(), read.digest(), read.digest(), 0);
  }

  @Override
  Loaded atDrop() {
    return source.read();
  }
}
