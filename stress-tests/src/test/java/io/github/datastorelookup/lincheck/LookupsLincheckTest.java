package io.github.datastorelookup.lincheck;

import io.github.datastorelookup.races.CountOverflow;
import io.github.datastorelookup.races.FirstLookups;
import io.github.datastorelookup.races.LookupVersusDestroy;
import io.github.datastorelookup.races.LookupVersusLookup;
import io.github.datastorelookup.races.LookupVersusSave;
import io.github.datastorelookup.races.SlowLookupVersusSetMode;
import io.github.datastorelookup.races.TwoWarmLookupsVersusSetMode;
import io.github.datastorelookup.races.WarmLookupVersusSetMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races of lookups with saves, with deciders and with each other. */
@Tag("lincheck")
class LookupsLincheckTest {
  @Test
  void warmLookup_againstSetModeAndCount_isSeenOrUndone() {
    RaceCheck.shipped(WarmLookupVersusSetMode.class, "INV-3");
  }

  @Test
  void warmLookup_withoutRereading_isMissed() {
    RaceCheck.wrong(WarmLookupVersusSetMode.WithoutRereading.class, "INV-3");
  }

  @Test
  void slowLookup_againstSetModeAndCount_isSeenOrRefused() {
    RaceCheck.shipped(SlowLookupVersusSetMode.class, "INV-3");
  }

  @Test
  void slowLookup_withoutConfigLock_isMissed() {
    RaceCheck.wrong(SlowLookupVersusSetMode.WithoutConfigLock.class, "INV-3");
  }

  @Test
  void twoWarmLookups_againstSetModeAndCount_areBothSeenOrUndone() {
    RaceCheck.shipped(TwoWarmLookupsVersusSetMode.class, "INV-3");
  }

  @Test
  void lookup_againstDestroy_isSeenOrRefused() {
    RaceCheck.shipped(LookupVersusDestroy.class, "INV-3");
  }

  @Test
  void destroy_thatSeesItselfOnly_removesUnderAWriter() {
    RaceCheck.wrong(LookupVersusDestroy.WithoutOthers.class, "INV-3");
  }

  @Test
  void lookup_afterASave_seesIt() {
    RaceCheck.shipped(LookupVersusSave.class, "INV-1");
  }

  @Test
  void lookup_withItsOwnGeneration_doesNotSeeASave() {
    RaceCheck.wrong(LookupVersusSave.WithItsOwnGeneration.class, "INV-1");
  }

  @Test
  void twoWarmLookups_atOnce_areBothCounted() {
    RaceCheck.shipped(LookupVersusLookup.class, "INV-6");
  }

  @Test
  void count_thatIsWrittenBack_losesAnother() {
    RaceCheck.wrong(LookupVersusLookup.WrittenBack.class, "INV-6");
  }

  @Test
  void twoFirstLookups_atOnce_openOnce() {
    RaceCheck.shipped(FirstLookups.class, "INV-4");
  }

  @Test
  void twoFirstLookups_withoutMutualExclusion_openTwice() {
    RaceCheck.wrong(FirstLookups.WithoutMutualExclusion.class, "INV-4");
  }

  @Test
  void lookups_atTheLimit_areCountedByOneOnly() {
    RaceCheck.shipped(CountOverflow.class, "INV-6");
  }

  @Test
  void limit_thatIsAskedBefore_isPassed() {
    RaceCheck.wrong(CountOverflow.AnsweringLate.class, "INV-6");
  }
}
