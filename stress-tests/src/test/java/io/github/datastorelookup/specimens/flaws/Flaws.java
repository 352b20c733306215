package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All of them, as the table of {@code docs/reference/upstream-stories.md} has them. */
final class Flaws {
  private static final Set<SpecimenKind> CACHING =
      EnumSet.complementOf(EnumSet.of(SpecimenKind.BEFORE_6049));
  private static final Set<SpecimenKind> SERIES = EnumSet.of(SpecimenKind.SERIES_V2);
  private static final Set<SpecimenKind> REVIEWED = EnumSet.of(SpecimenKind.SERIES_V2_REVIEWED);
  private static final String LOST = "1 record lock lost: another descriptor of .lock was closed";
  private static final String TWICE = "process 1 has the .lock of /a open twice";
  private static final String WAITED = "a lookup of bbb was kept waiting for 10 s, and refused";

  /** Each scenario. */
  static final List<Flaw> ALL =
      List.of(
          Flaw.of("P1", "drop-without-own-entry", CountFlaws::dropWithoutAnOwnEntry)
              .breaking("INV-6", "reads=1 writes=0 are counted, reads=0 writes=0 are open"),
          Flaw.of(
                  "P2",
                  "last-drop-against-clear-and-lookup",
                  FileFlaws::lastDropAgainstClearAndLookup)
              .breaking("INV-4", LOST)
              .interruptedOnce(),
          Flaw.of("P3", "drop-of-one-view-beside-another", FileFlaws::dropOfOneViewBesideAnother)
              .breaking("INV-4", TWICE),
          Flaw.of("P4", "idle-files-in-delete", FileFlaws::idleFilesInDelete)
              .breaking("INV-5", "process 2 has /a open 2 s after the mode became delete"),
          Flaw.of("P5", "delete-of-an-offline-datastore", ConfigFlaws::deleteOfAnOfflineDatastore)
              .breaking("INV-11", WAITED),
          Flaw.of("P6", "wall-clock-set-back", ConfigFlaws::wallClockSetBack)
              .breaking("INV-2", "the comment is 'first' 60 s after the edit")
              .onlyIn(CACHING),
          Flaw.of("P7", "path-edited-by-hand", FileFlaws::pathEditedByHand)
              .breaking("INV-10", "the section is at /c, the files at /a"),
          Flaw.of(
                  "P8",
                  "clean-up-against-create-and-lookup",
                  FileFlaws::cleanUpAgainstCreateAndLookup)
              .breaking("INV-4", TWICE)
              .interruptedOnce(),
          Flaw.of("P9", "unmount-against-last-drop", FileFlaws::unmountAgainstLastDrop)
              .breaking("INV-5", "process 2 has /a open when it is unmounted")
              .interruptedOnce(),
          Flaw.of("P10", "idle-files-of-an-old-process", FileFlaws::idleFilesOfAnOldProcess)
              .breaking("INV-5", "process 2 has /a open 2 s after the mode became offline"),
          Flaw.of("P11", "long-maintenance", ConfigFlaws::longMaintenance)
              .breaking("INV-11", WAITED),
          Flaw.of("P12", "offline-because-it-hangs", ConfigFlaws::offlineBecauseItHangs)
              .breaking("INV-11", WAITED),
          Flaw.of("P13", "device-away-for-a-moment", FileFlaws::deviceAwayForAMoment)
              .breaking("INV-4", LOST),
          Flaw.of("P14", "lookup-that-cannot-be-counted", CountFlaws::lookupThatCannotBeCounted)
              .breaking("INV-13", "a lookup that was refused left 1 file open"),
          Flaw.of(
                  "P14",
                  "duplicate-that-cannot-be-counted",
                  CountFlaws::duplicateThatCannotBeCounted)
              .breaking("INV-6", "reads=1 writes=0 are counted, reads=2 writes=0 are open"),
          Flaw.of("P14", "drop-that-cannot-be-counted", CountFlaws::dropThatCannotBeCounted)
              .breaking("INV-6", "reads=1 writes=0 are counted, reads=0 writes=0 are open"),
          Flaw.of("P15", "save-of-another-section", CountFlaws::saveOfAnotherSection)
              .breaking(
                  "DatastoreHandle.attributes()",
                  "the next handle does not know that a garbage collection runs"),
          Flaw.of("P16", "mode-that-nobody-knows", ConfigFlaws::modeThatNobodyKnows)
              .breaking("INV-13", "mode 'ofline' admits a writer"),
          Flaw.of("P17", "save-that-is-killed", ConfigFlaws::saveThatIsKilled)
              .breaking("INV-1", "the file says read-only, and a writer is admitted")
              .onlyIn(CACHING),
          Flaw.of("V1", "edit-by-hand", SeriesFlaws::editByHand)
              .breaking("INV-2", "the comment is 'first' 60 s after the edit")
              .onlyIn(SERIES),
          Flaw.of("V2", "save-that-is-killed-a-minute-ago", SeriesFlaws::saveThatIsKilledAMinuteAgo)
              .breaking("INV-1", "the file says read-only for 60 s, and a writer is admitted")
              .onlyIn(SERIES),
          Flaw.of("R1", "lookups-of-two-processes", SeriesFlaws::lookupsOfTwoProcesses)
              .breaking("INV-8", "2 lookups without an edit bumped 2 times")
              .onlyIn(REVIEWED),
          Flaw.of("R2", "drop-against-clear", SeriesFlaws::dropAgainstClear)
              .breaking("INV-1", "the mode was cleared, and a writer is refused")
              .onlyIn(REVIEWED)
              .interruptedOnce());

  private Flaws() {}
}
