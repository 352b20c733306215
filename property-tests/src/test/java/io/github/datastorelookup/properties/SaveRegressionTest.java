package io.github.datastorelookup.properties;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong ways to save and to drain, each with the few commands that show it. */
@Tag("properties")
class SaveRegressionTest {
  /** Two bumps, whoever is there to hear them. */
  @Test
  @Tag("kills:generation-counted-by-each-process")
  @Tag("kills:save-without-bump")
  void save_ofAnything_isToldToEverybody() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p1: lookup aaa LOOKUP
        p0: save aaa comment
        p1: lookup aaa LOOKUP
        """);
  }

  /** An edit by hand had said it, and others have not seen it yet. */
  @Test
  @Tag("kills:save-skipped-for-equal-bytes")
  void save_ofWhatTheFileSaysAlready_isToldToEverybody() {
    CommandScript.run(
        """
        p0: create aaa at /a
        editor: aaa offline
        p0: save aaa offline
        """);
  }

  /** Two edits at once would lose one. */
  @Test
  @Tag("kills:save-without-the-config-lock")
  void save_ofAnything_holdsTheConfigLock() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: save aaa comment
        """);
  }

  /** What is cached is not what is edited. */
  @Test
  @Tag("kills:save-edits-the-cached-copy")
  void save_ofAnotherSection_keepsAnEditByHand() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /b
        p0: lookup aaa READ
        editor: aaa comment
        p0: save bbb comment
        """);
  }

  /** Somebody edited by hand what the caller had read. */
  @Test
  @Tag("kills:expected-digest-ignored")
  void save_basedOnAnOlderConfig_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: config
        editor: aaa comment
        p0: save aaa comment as read
        """);
  }

  /** There is no way back from delete. */
  @Test
  @Tag("kills:delete-is-not-terminal")
  void save_ofAModeAfterDelete_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: save aaa delete
        p0: save aaa none
        """);
  }

  /** Who is refused gives the lock back. */
  @Test
  @Tag("kills:maintenance-lock-never-given-back")
  void save_afterOneThatWasRefused_findsTheMaintenanceLockFree() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: save aaa delete
        p0: save aaa none
        p0: save aaa delete
        """);
  }

  /** One path is one datastore. */
  @Test
  @Tag("kills:equal-paths-allowed")
  void create_atATakenPath_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /a
        /a/.lock removed
        p0: create bbb at /a
        p0: lookup aaa READ
        """);
  }

  /** Whoever deletes the outer one deletes both. */
  @Test
  @Tag("kills:nested-paths-allowed")
  void create_insideOfAnother_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /a/c
        """);
  }

  /** A lookup could count itself between two words. */
  @Test
  @Tag("kills:census-outside-the-config-lock")
  void drain_ofADatastoreInUse_probesUnderTheConfigLock() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p1: lookup aaa READ
        p0: run in offline: aaa
        """);
  }

  /** What listeners do takes as long as they like. */
  @Test
  @Tag("kills:not-drained-keeps-the-mode")
  @Tag("kills:progress-told-under-the-config-lock")
  void drain_thatWaits_tellsWithoutTheConfigLock() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: run in offline: aaa
        """);
  }

  /** Tasks take hours. */
  @Test
  @Tag("kills:task-under-the-config-lock")
  void drain_thatActs_hasNotTheConfigLock() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: run in offline: aaa
        """);
  }

  /** Setting a mode is not enough: who is inside already goes on. */
  @Test
  @Tag("kills:task-without-waiting")
  void drain_ofADatastoreInUse_doesNotAct() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p1: lookup aaa WRITE
        p0: run in read_only: aaa
        """);
  }

  /** Somebody has to look at it first. */
  @Test
  @Tag("kills:failed-task-ends-the-mode")
  void drain_whoseTaskFails_leavesTheMode() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: run in offline: aaa, fails
        """);
  }

  /** The mode is somebody else's now. */
  @Test
  @Tag("kills:ended-although-not-ours")
  void drain_whoseModeWasTakenAway_endsNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: run in offline: aaa, taken
        """);
  }

  /** Whoever looks after idle files opens no others. */
  @Test
  @Tag("kills:drain-opens-files")
  void drain_thatClosesItsOwnFiles_opensNone() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: run in read_only: aaa
        """);
  }

  /** There is no way back from delete, for who gives up neither. */
  @Test
  @Tag("kills:delete-given-back")
  void destroy_ofADatastoreInUse_leavesItInDelete() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: destroy aaa
        """);
  }

  /** What took effect is no refusal; only a durable mode is acted on. */
  @Test
  @Tag("kills:failed-replace-taken-for-refused")
  @Tag("kills:not-durable-and-acts")
  void saves_thatAreNotSynced_areReportedAndDrainsActOnDurableOnesOnly() {
    CommandScript.run(
        """
        p0: create aaa at /a
        1 saves not synced
        p0: save aaa comment
        1 saves not synced
        p0: run in offline: aaa
        2 saves not synced
        p0: run in offline: aaa
        3 saves not synced
        p0: run in offline: aaa
        p1: lookup aaa READ
        4 saves not synced
        p0: run in offline: aaa, cancelled
        4 saves not synced
        p0: move aaa to /b
        3 saves not synced
        p0: destroy aaa
        """);
  }

  /** A registry that has only saved knows sections as well; no registry knows zero bytes. */
  @Test
  @Tag("kills:saves-know-no-sections")
  @Tag("kills:zero-bytes-are-empty")
  void configs_thatAreGoneOrOfZeroBytes_areNotWrittenOver() {
    CommandScript.run(
        """
        p0: create aaa at /a
        config removed
        p0: create bbb at /b
        p1: create ccc at /c
        config of zero bytes
        p0: create bbb at /b
        p1: config
        """);
  }

  /** No data is removed or moved on a bare mount point, unless the caller says that it is gone. */
  @Test
  @Tag("kills:data-removed-on-a-bare-mount-point")
  void destroyAndMove_ofARemovableDatastore_askWhetherItIsMounted() {
    CommandScript.run(
        """
        mount aaa: mounted
        p0: create aaa at /mnt/datastore/aaa
        mount aaa: not_mounted
        p0: destroy aaa
        p0: move aaa to /c
        mount aaa: unknown
        p0: destroy aaa
        mount aaa: mounted
        p0: move aaa to /c
        mount aaa: not_mounted
        p0: destroy aaa, gone
        p0: create bbb at /b
        p0: destroy bbb
        """);
  }

  /** Its WRITE runs, and nothing shows that it lives: the data must stay, and a way back too. */
  @Test
  @Tag("kills:delete-saved-before-the-census")
  @Tag("kills:unlocked-process-counts-nothing")
  void destroy_besideAProcessThatLostItsLock_isRefusedAndSavesNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p1: lookup aaa WRITE
        lock on ledger of p1 lost
        p0: destroy aaa
        p0: run in offline: aaa
        p0: count aaa
        p0: lookup aaa READ
        p1: lookup aaa READ
        p1: close aaa
        """);
  }
}
