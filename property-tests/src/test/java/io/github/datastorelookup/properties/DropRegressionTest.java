package io.github.datastorelookup.properties;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong ways to count, to drop and to close files, each with the few commands that show it. */
@Tag("properties")
class DropRegressionTest {
  /** Each process has an entry of its own, whoever else has one. */
  @Test
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
