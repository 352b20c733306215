package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.races.CloseVersusClose;
import io.github.datastorelookup.races.DropVersusDrop;
import io.github.datastorelookup.races.DropVersusWatcherVersusLookup;
import io.github.datastorelookup.races.DuplicateVersusClose;
import io.github.datastorelookup.races.LastDropVersusClearAndLookup;
import io.github.datastorelookup.races.UndoVersusLastDrop;
import io.github.datastorelookup.races.ViewVersusLastDrop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races of drops with drops, with lookups and with the watcher. */
@Tag("lincheck")
class DropsLincheckTest {
  @Test
  void twoLastDrops_atOnce_closeOnce() {
    RaceCheck.shipped(DropVersusDrop.class, "INV-5");
  }

  @Test
  void drop_thatIsWrittenBack_closesNothing() {
    RaceCheck.wrong(DropVersusDrop.WrittenBack.class, "INV-5");
  }

  @Test
  void lastDrop_againstClearAndLookup_closesNothingUnderIt() {
    RaceCheck.shipped(LastDropVersusClearAndLookup.class, "INV-9");
  }

  @Test
  void lastDrop_withoutCounts_closesUnderAWriter() {
    RaceCheck.wrong(LastDropVersusClearAndLookup.WithoutCounts.class, "INV-9");
  }

  @Test
  void lastDrop_againstAView_closesTheFiles() {
    RaceCheck.shipped(ViewVersusLastDrop.class, "INV-5");
  }

  @Test
  void view_ofPbs423_keepsTheFiles() {
    RaceCheck.wrong(ViewVersusLastDrop.Pbs423.class, "INV-5");
  }

  @Test
  void close_onTwoThreads_countsOnce() {
    RaceCheck.shipped(CloseVersusClose.class, "INV-6");
  }

  @Test
  void duplicate_againstClose_hasOpenFilesOrIsRefused() {
    RaceCheck.shipped(DuplicateVersusClose.class, "INV-6");
  }

  @Test
  void undo_againstLastDrop_closesTheFiles() {
    RaceCheck.shipped(UndoVersusLastDrop.class, "INV-5");
  }

  @Test
  void lastDrop_againstWatcherAndLookup_isLeftToOneOfThem() {
    RaceCheck.shipped(DropVersusWatcherVersusLookup.class, "INV-9");
  }
}
