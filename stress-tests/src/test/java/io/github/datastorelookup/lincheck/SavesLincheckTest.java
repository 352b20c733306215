package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.races.ReloadVersusLookup;
import io.github.datastorelookup.races.ReloadVersusSave;
import io.github.datastorelookup.races.SaveVersusSave;
import io.github.datastorelookup.races.TwoFindAManualEdit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races of saves and loads. */
@Tag("lincheck")
class SavesLincheckTest {
  @Test
  void twoSaves_atOnce_areBothInTheFile() {
    RaceCheck.shipped(SaveVersusSave.class, "INV-1");
  }

  @Test
  void twoSaves_withoutConfigLock_loseOne() {
    RaceCheck.wrong(SaveVersusSave.WithoutConfigLock.class, "INV-1");
  }

  @Test
  void reload_againstSave_keepsNoOldText() {
    RaceCheck.shipped(ReloadVersusSave.class, "INV-7");
  }

  @Test
  void reload_ofTheReviewedSeries_keepsTheOldText() {
    RaceCheck.wrong(ReloadVersusSave.SeriesV2Reviewed.class, "INV-7");
  }

  @Test
  void twoLookups_afterASave_bothSeeIt() {
    RaceCheck.shipped(ReloadVersusLookup.class, "INV-7");
  }

  @Test
  void twoLookups_withTheirOwnGeneration_useTheOldText() {
    RaceCheck.wrong(ReloadVersusLookup.WithItsOwnGeneration.class, "INV-7");
  }

  @Test
  void twoProcesses_thatFindAnEditByHand_tellItOnce() {
    RaceCheck.shipped(TwoFindAManualEdit.class, "INV-8");
  }
}
