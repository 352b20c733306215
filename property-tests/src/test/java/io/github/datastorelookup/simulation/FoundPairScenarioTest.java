package io.github.datastorelookup.simulation;

import io.github.datastorelookup.checks.Budget;
import io.github.datastorelookup.oracle.Exploration;
import io.github.datastorelookup.oracle.Scenario;
import io.github.datastorelookup.pairs.Pair;
import io.github.datastorelookup.pairs.Situation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pairs that see a wrong design where nothing else does: smoke may draw others. */
@Tag("exhaustive")
class FoundPairScenarioTest {
  @Test
  @Tag("kills:move-writes-the-section-it-read-first")
  void move_againstASave_keepsWhatItSaved() {
    explore("move aaa to /c", "save aaa comment", 1);
  }

  @Test
  @Tag("kills:create-looks-at-the-paths-once")
  void move_againstACreateAtItsNewPath_isAloneThere() {
    explore("move aaa to /c", "create ccc at /c", 1);
  }

  @Test
  @Tag("kills:end-without-the-config-lock-is-done")
  void move_againstAnotherProgramWithTheConfigLock_endsItsModeOrSaysSo() {
    explore("move aaa to /c", "config locked; p1: rests 5 ms; config unlocked", Pair.OTHERS);
  }

  @Test
  @Tag("kills:config-lock-kept-by-a-closed-registry")
  void save_againstTheCloseOfItsRegistry_leavesTheConfigLockFree() {
    explore("save aaa comment", "close the registry", 0);
  }

  @Test
  @Tag("kills:sweep-leaves-the-ledger-to-the-closer")
  void drain_againstTheCloseOfItsRegistry_leavesNoLedger() {
    explore("run in unmount: aaa in 100 ms", "close the registry", 0);
  }

  /** What asks is the end of every run, when the world has come to rest. */
  @Test
  @Tag("kills:ledger-closed-before-the-lock-files")
  void close_againstARestart_closesTheLockFilesFirst() {
    explore("close the registry", "started", 0);
  }

  private static void explore(String first, String second, int by) {
    Scenario race = new Pair(Situation.IDLE, first, second, by).scenario();
    int interruptions = Budget.current() == Budget.SMOKE ? 1 : 2;
    Explorer.Result unused = Exploration.explore(race, interruptions, Integer.MAX_VALUE);
  }
}
