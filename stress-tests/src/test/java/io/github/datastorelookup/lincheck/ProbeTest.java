package io.github.datastorelookup.lincheck;
import io.github.datastorelookup.races.*;
import org.junit.jupiter.api.*;
class ProbeTest {
 @Test void WarmLookupVersusSetMode() { RaceCheck.shipped(WarmLookupVersusSetMode.class, "INV-3"); }
 @Test void WarmLookupVersusSetMode_WithoutRereading() { RaceCheck.wrong(WarmLookupVersusSetMode.WithoutRereading.class, "INV-3"); }
 @Test void SlowLookupVersusSetMode() { RaceCheck.shipped(SlowLookupVersusSetMode.class, "INV-3"); }
 @Test void SlowLookupVersusSetMode_WithoutConfigLock() { RaceCheck.wrong(SlowLookupVersusSetMode.WithoutConfigLock.class, "INV-3"); }
 @Test void LookupVersusDestroy() { RaceCheck.shipped(LookupVersusDestroy.class, "INV-3"); }
 @Test void LookupVersusDestroy_WithoutOthers() { RaceCheck.wrong(LookupVersusDestroy.WithoutOthers.class, "INV-3"); }
 @Test void LookupVersusSave() { RaceCheck.shipped(LookupVersusSave.class, "INV-1"); }
 @Test void LookupVersusSave_WithItsOwnGeneration() { RaceCheck.wrong(LookupVersusSave.WithItsOwnGeneration.class, "INV-1"); }
 @Test void LookupVersusLookup() { RaceCheck.shipped(LookupVersusLookup.class, "INV-6"); }
 @Test void LookupVersusLookup_WrittenBack() { RaceCheck.wrong(LookupVersusLookup.WrittenBack.class, "INV-6"); }
 @Test void FirstLookups() { RaceCheck.shipped(FirstLookups.class, "INV-4"); }
 @Test void FirstLookups_WithoutMutualExclusion() { RaceCheck.wrong(FirstLookups.WithoutMutualExclusion.class, "INV-4"); }
 @Test void CountOverflow() { RaceCheck.shipped(CountOverflow.class, "INV-6"); }
 @Test void CountOverflow_AnsweringLate() { RaceCheck.wrong(CountOverflow.AnsweringLate.class, "INV-6"); }
 @Test void TwoWarmLookupsVersusSetMode() { RaceCheck.shipped(TwoWarmLookupsVersusSetMode.class, "INV-3"); }
 @Test void HandlePublication() { RaceCheck.shipped(HandlePublication.class, "INV-9"); }
 @Test void DropVersusDrop() { RaceCheck.shipped(DropVersusDrop.class, "INV-5"); }
 @Test void DropVersusDrop_WrittenBack() { RaceCheck.wrong(DropVersusDrop.WrittenBack.class, "INV-5"); }
 @Test void CloseVersusClose() { RaceCheck.shipped(CloseVersusClose.class, "INV-6"); }
 @Test void DuplicateVersusClose() { RaceCheck.shipped(DuplicateVersusClose.class, "INV-6"); }
 @Test void UndoVersusLastDrop() { RaceCheck.shipped(UndoVersusLastDrop.class, "INV-5"); }
 @Test void ViewVersusLastDrop() { RaceCheck.shipped(ViewVersusLastDrop.class, "INV-5"); }
 @Test void ViewVersusLastDrop_Pbs423() { RaceCheck.wrong(ViewVersusLastDrop.Pbs423.class, "INV-5"); }
 @Test void LastDropVersusClearAndLookup() { RaceCheck.shipped(LastDropVersusClearAndLookup.class, "INV-9"); }
 @Test void LastDropVersusClearAndLookup_WithoutCounts() { RaceCheck.wrong(LastDropVersusClearAndLookup.WithoutCounts.class, "INV-9"); }
 @Test void DropVersusWatcherVersusLookup() { RaceCheck.shipped(DropVersusWatcherVersusLookup.class, "INV-9"); }
 @Test void WarmLookupVersusReopen() { RaceCheck.shipped(WarmLookupVersusReopen.class, "INV-9"); }
 @Test void EvictVersusSlowOpen() { RaceCheck.shipped(EvictVersusSlowOpen.class, "INV-9"); }
 @Test void EvictVersusSlowOpen_WithoutMutualExclusion() { RaceCheck.wrong(EvictVersusSlowOpen.WithoutMutualExclusion.class, "INV-9"); }
 @Test void EvictVersusDecider() { RaceCheck.shipped(EvictVersusDecider.class, "INV-5"); }
 @Test void WatcherVersusLookup() { RaceCheck.shipped(WatcherVersusLookup.class, "INV-9"); }
 @Test void WatcherVersusLookup_WithoutCounts() { RaceCheck.wrong(WatcherVersusLookup.WithoutCounts.class, "INV-9"); }
 @Test void PathChangeVersusWarmLookup() { RaceCheck.shipped(PathChangeVersusWarmLookup.class, "INV-9"); }
 @Test void PathChangeVersusWarmLookup_WithoutCounts() { RaceCheck.wrong(PathChangeVersusWarmLookup.WithoutCounts.class, "INV-9"); }
 @Test void ClaimVersusClaim() { RaceCheck.shipped(ClaimVersusClaim.class, "INV-4"); }
 @Test void ClaimVersusClaim_LookedForAndThenTaken() { RaceCheck.wrong(ClaimVersusClaim.LookedForAndThenTaken.class, "INV-4"); }
 @Test void SaveVersusSave() { RaceCheck.shipped(SaveVersusSave.class, "INV-1"); }
 @Test void SaveVersusSave_WithoutConfigLock() { RaceCheck.wrong(SaveVersusSave.WithoutConfigLock.class, "INV-1"); }
 @Test void ReloadVersusSave() { RaceCheck.shipped(ReloadVersusSave.class, "INV-7"); }
 @Test void ReloadVersusSave_SeriesV2Reviewed() { RaceCheck.wrong(ReloadVersusSave.SeriesV2Reviewed.class, "INV-7"); }
 @Test void ReloadVersusLookup() { RaceCheck.shipped(ReloadVersusLookup.class, "INV-7"); }
 @Test void ReloadVersusLookup_WithItsOwnGeneration() { RaceCheck.wrong(ReloadVersusLookup.WithItsOwnGeneration.class, "INV-7"); }
 @Test void TwoFindAnEditByHand() { RaceCheck.shipped(TwoFindAnEditByHand.class, "INV-8"); }
 @Test void TwoFindAnEditByHand_WithoutConfigLock() { RaceCheck.wrong(TwoFindAnEditByHand.WithoutConfigLock.class, "INV-8"); }
}
