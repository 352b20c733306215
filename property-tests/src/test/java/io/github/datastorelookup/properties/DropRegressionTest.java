package io.github.datastorelookup.properties;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong ways to count, to drop and to close files, each with the few commands that show it. */
@Tag("properties")
class DropRegressionTest {
  /** Each process has an entry of its own, whoever else has one. */
  @Test
  @Tag("kills:entry-not-added-beside-others")
  void count_ofTwoUsers_hasBoth() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p1: lookup aaa READ
        p0: lookup aaa READ
        p1: count aaa
        """);
  }

  /** Only the ledgers of the dead are removed by who starts. */
  @Test
  void count_afterARestart_hasWhoStayed() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p1: killed
        p1: started
        p1: count aaa
        """);
  }

  /** Closing twice counts once. */
  @Test
  @Tag("kills:close-counts-each-time")
  void closeAgain_ofAHandle_countsNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: close aaa
        p0: close aaa again
        """);
  }

  /** Files stay open for the next lookup. */
  @Test
  @Tag("kills:evict-at-any-drop")
  void lastDrop_inNoMode_closesNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: close aaa
        """);
  }

  /** What a drop does is decided when it drops, and done while others look up. */
  @Test
  @Tag("kills:drop-decided-at-lookup")
  @Tag("kills:evict-with-the-config-lock")
  @Tag("kills:eviction-logged-under-the-slot-mutex")
  void lastDrop_inOffline_closesTheFilesWithoutTheConfigLock() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa offline
        p0: close aaa
        """);
  }

  /** Each process closes its own files, whoever else has some. */
  @Test
  @Tag("kills:last-drop-over-all-processes")
  void lastDrop_whileAnotherProcessIsInside_closesItsOwnFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p1: lookup aaa READ
        p0: save aaa offline
        p0: close aaa
        """);
  }

  /** Nothing may stay open of what is being deleted. */
  @Test
  @Tag("kills:delete-does-not-clear")
  void lastDrop_inDelete_closesTheFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa delete
        p0: close aaa
        """);
  }

  /** An open file keeps the device busy. */
  @Test
  @Tag("kills:unmount-does-not-clear")
  void lastDrop_inUnmount_closesTheFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa unmount
        p0: close aaa
        """);
  }

  /** A text that does not parse wants nothing closed. */
  @Test
  @Tag("kills:drop-evicts-when-the-config-is-unreadable")
  @Tag("kills:torn-config-taken-for-gone")
  void lastDrop_whenTheConfigIsTorn_closesNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        bump
        editor: half-written
        p0: close aaa
        """);
  }

  /** The section wants other files. */
  @Test
  @Tag("kills:drop-keeps-files-at-an-old-path")
  void lastDrop_afterAMoveByHand_closesTheOldFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa at /b
        bump
        p0: close aaa
        """);
  }

  /** Nobody will ever look it up again. */
  @Test
  @Tag("kills:drop-keeps-files-whose-section-is-gone")
  void lastDrop_ofASectionThatIsGone_closesTheFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa gone
        bump
        p0: close aaa
        """);
  }

  /** The config says which files are unwanted, the word which are idle. */
  @Test
  @Tag("kills:eviction-believes-the-config-alone")
  void sweep_whileSomebodyIsInside_closesNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa offline
        p0: refresh
        """);
  }

  /** What failed to close is closed all the same, and nobody waits for it. */
  @Test
  @Tag("kills:closing-left-after-a-failed-close")
  void lastDrop_whoseFilesDoNotCloseWell_leavesTheWordClosed() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa offline
        /a is broken
        p0: close aaa
        """);
  }

  /** The watcher closes, and opens nothing: who uses a datastore opens it. */
  @Test
  @Tag("kills:watcher-opens-files")
  void refresh_ofAClosedDatastore_opensNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa offline
        p0: close aaa
        p0: save aaa none
        p0: refresh
        """);
  }

  /** Afterwards nobody would. */
  @Test
  @Tag("kills:registry-close-forgets-idle-slots")
  void closeOfTheRegistry_closesIdleFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: close aaa
        p0: close the registry
        """);
  }
}
