package io.github.datastorelookup.specimens.flaws;

import io.github.datastorelookup.specimens.SpecimenKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All of them, in the order of their ids. */
final class Flaws {
  private static final Set<SpecimenKind> ALL = EnumSet.allOf(SpecimenKind.class);
  private static final Set<SpecimenKind> CACHING =
      EnumSet.complementOf(EnumSet.of(SpecimenKind.BEFORE_6049));
  private static final String LOST = "1 record lock lost: another descriptor of .lock was closed";

  private Flaws() {}

  /** Each scenario. */
  static List<Flaw> all() {
    return List.of(
        new Flaw(
            "P1",
            "drop-without-own-entry",
            "INV-6",
            "reads=1 writes=0 are counted, reads=0 writes=0 are open",
            ALL,
            0,
            CountFlaws::dropWithoutAnOwnEntry),
        new Flaw(
            "P2",
            "last-drop-against-clear-and-lookup",
            "INV-4",
            LOST,
            ALL,
            1,
            FileFlaws::lastDropAgainstClearAndLookup),
        new Flaw(
            "P3",
            "drop-of-one-view-beside-another",
            "INV-4",
            "process 1 has the .lock of /a open twice",
            ALL,
            0,
            FileFlaws::dropOfOneViewBesideAnother),
        new Flaw(
            "P4",
            "idle-files-in-delete",
            "INV-5",
            "process 2 has /a open 2 s after the mode became delete",
            ALL,
            0,
            FileFlaws::idleFilesInDelete),
        new Flaw(
            "P5",
            "delete-of-an-offline-datastore",
            "INV-11",
            "a lookup of bbb was kept waiting for 10 s, and refused",
            ALL,
            0,
            ConfigFlaws::deleteOfAnOfflineDatastore),
        new Flaw(
            "P6",
            "wall-clock-set-back",
            "INV-2",
            "the comment is 'first' 60 s after the edit",
            CACHING,
            0,
            ConfigFlaws::wallClockSetBack),
        new Flaw(
            "P7",
            "path-edited-by-hand",
            "INV-10",
            "the section is at /c, the files at /a",
            ALL,
            0,
            FileFlaws::pathEditedByHand),
        new Flaw(
            "P8",
            "clean-up-against-create-and-lookup",
            "INV-4",
            "process 1 has the .lock of /a open twice",
            ALL,
            1,
            FileFlaws::cleanUpAgainstCreateAndLookup),
        new Flaw(
            "P9",
            "unmount-against-last-drop",
            "INV-5",
            "process 2 has /a open when it is unmounted",
            ALL,
            1,
            FileFlaws::unmountAgainstLastDrop),
        new Flaw(
            "P10",
            "idle-files-of-an-old-process",
            "INV-5",
            "process 2 has /a open 2 s after the mode became offline",
            ALL,
            0,
            FileFlaws::idleFilesOfAnOldProcess),
        new Flaw(
            "P11",
            "long-maintenance",
            "INV-11",
            "a lookup of bbb was kept waiting for 10 s, and refused",
            ALL,
            0,
            ConfigFlaws::longMaintenance),
        new Flaw(
            "P12",
            "offline-because-it-hangs",
            "INV-11",
            "a lookup of bbb was kept waiting for 10 s, and refused",
            ALL,
            0,
            ConfigFlaws::offlineBecauseItHangs),
        new Flaw(
            "P13",
            "device-away-for-a-moment",
            "INV-4",
            LOST,
            ALL,
            0,
            FileFlaws::deviceAwayForAMoment),
        new Flaw(
            "P14",
            "lookup-that-cannot-be-counted",
            "INV-13",
            "a lookup that was refused left 1 file open",
            ALL,
            0,
            CountFlaws::lookupThatCannotBeCounted),
        new Flaw(
            "P14",
            "duplicate-that-cannot-be-counted",
            "INV-6",
            "reads=1 writes=0 are counted, reads=2 writes=0 are open",
            ALL,
            0,
            CountFlaws::duplicateThatCannotBeCounted),
        new Flaw(
            "P14",
            "drop-that-cannot-be-counted",
            "INV-6",
            "reads=1 writes=0 are counted, reads=0 writes=0 are open",
            ALL,
            0,
            CountFlaws::dropThatCannotBeCounted),
        new Flaw(
            "P15",
            "save-of-another-section",
            "DatastoreHandle.state()",
            "the next handle does not know that a garbage collection runs",
            ALL,
            0,
            CountFlaws::saveOfAnotherSection),
        new Flaw(
            "P16",
            "mode-that-nobody-knows",
            "INV-13",
            "mode 'ofline' admits a writer",
            ALL,
            0,
            ConfigFlaws::modeThatNobodyKnows),
        new Flaw(
            "P17",
            "save-that-is-killed",
            "INV-1",
            "the file says read-only, and a writer is admitted",
            CACHING,
            0,
            ConfigFlaws::saveThatIsKilled),
        new Flaw(
            "V1",
            "edit-by-hand",
            "INV-2",
            "the comment is 'first' 60 s after the edit",
            EnumSet.of(SpecimenKind.SERIES_V2),
            0,
            SeriesFlaws::editByHand),
        new Flaw(
            "V2",
            "save-that-is-killed-a-minute-ago",
            "INV-1",
            "the file says read-only for 60 s, and a writer is admitted",
            EnumSet.of(SpecimenKind.SERIES_V2),
            0,
            SeriesFlaws::saveThatIsKilledAMinuteAgo),
        new Flaw(
            "R1",
            "lookups-of-two-processes",
            "INV-8",
            "2 lookups without an edit bumped 2 times",
            EnumSet.of(SpecimenKind.SERIES_V2_REVIEWED),
            0,
            SeriesFlaws::lookupsOfTwoProcesses),
        new Flaw(
            "R2",
            "drop-against-clear",
            "INV-1",
            "the mode was cleared, and a writer is refused",
            EnumSet.of(SpecimenKind.SERIES_V2_REVIEWED),
            1,
            SeriesFlaws::dropAgainstClear));
  }
}
