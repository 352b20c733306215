package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.races.ClaimVersusClaim;
import io.github.datastorelookup.races.EvictVersusDecider;
import io.github.datastorelookup.races.EvictVersusSlowOpen;
import io.github.datastorelookup.races.PathChangeVersusWarmLookup;
import io.github.datastorelookup.races.WarmLookupVersusReopen;
import io.github.datastorelookup.races.WatcherVersusLookup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races about which files are open, and who closes them. */
@Tag("lincheck")
class FilesLincheckTest {
  @Test
  void warmLookup_againstEvictAndReopen_hasOpenFiles() {
    RaceCheck.shipped(WarmLookupVersusReopen.class, "INV-9");
  }

  @Test
  void evict_againstSlowOpen_closesNothingUnderIt() {
    RaceCheck.shipped(EvictVersusSlowOpen.class, "INV-9");
  }

  @Test
  void evict_withoutMutualExclusion_closesUnderAWriter() {
    RaceCheck.wrong(EvictVersusSlowOpen.WithoutMutualExclusion.class, "INV-9");
  }

  @Test
  void evict_againstDecider_saysClosedWhenItIs() {
    RaceCheck.shipped(EvictVersusDecider.class, "INV-5");
  }

  @Test
  void watcher_againstLookup_closesNothingUnderIt() {
    RaceCheck.shipped(WatcherVersusLookup.class, "INV-9");
  }

  @Test
  void watcher_withoutCounts_closesUnderAReader() {
    RaceCheck.wrong(WatcherVersusLookup.WithoutCounts.class, "INV-9");
  }

  @Test
  void pathChange_againstWarmLookup_closesNothingUnderIt() {
    RaceCheck.shipped(PathChangeVersusWarmLookup.class, "INV-9");
  }

  @Test
  void pathChange_withoutCounts_closesUnderAReader() {
    RaceCheck.wrong(PathChangeVersusWarmLookup.WithoutCounts.class, "INV-9");
  }

  @Test
  void twoNames_ofOneChunkStore_haveItOpenOnce() {
    RaceCheck.shipped(ClaimVersusClaim.class, "INV-4");
  }

  @Test
  void claim_thatIsLookedForAndThenTaken_opensTwice() {
    RaceCheck.wrong(ClaimVersusClaim.LookedForAndThenTaken.class, "INV-4");
  }
}
