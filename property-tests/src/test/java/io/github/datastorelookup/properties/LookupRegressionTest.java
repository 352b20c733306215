package io.github.datastorelookup.properties;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong ways to look up and to open files, each with the few commands that show it. */
@Tag("properties")
class LookupRegressionTest {
  /** Writes go where the section says. */
  @Test
  @Tag("kills:chunk-store-reused-at-another-path")
  void lookup_afterAMoveByHand_opensTheNewPath() {
    CommandScript.run(
        """
        p0: create aaa at /a
        /b/.lock made anew
        p0: lookup aaa READ
        p0: close aaa
        editor: aaa at /b
        wait 60 s
        p0: lookup aaa READ
        """);
  }

  /** Another .lock is another datastore, and the old one is in use. */
  @Test
  @Tag("kills:identity-not-compared")
  void lookup_ofADatastoreMadeAnew_waitsForTheOldFiles() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        /a/.lock made anew
        bump
        p0: lookup aaa READ
        """);
  }

  /** Closing the second descriptor would lose the locks of the first. */
  @Test
  @Tag("kills:no-claim-of-identities")
  @Tag("kills:busy-lookup-tries-for-ever")
  void lookup_ofOneLockFileByTwoNames_opensItOnce() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /b
        /b/.lock is that of /a
        p0: lookup aaa READ
        p0: lookup bbb READ
        """);
  }

  /** Who closes files gives their claim back. */
  @Test
  @Tag("kills:claim-kept-after-closing")
  void lookup_ofFilesThatAnotherNameHasIdle_takesThem() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /b
        /b/.lock is that of /a
        p0: lookup aaa READ
        p0: close aaa
        p0: lookup bbb READ
        """);
  }

  /** Who fails to open files gives their claim back. */
  @Test
  @Tag("kills:claim-kept-after-a-failed-open")
  void lookup_ofFilesThatAnotherNameCouldNotOpen_takesThem() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /b
        /b/.lock is that of /a
        /a is broken
        p0: lookup aaa READ
        p0: lookup bbb READ
        """);
  }

  /** A bare mount point is no empty datastore, and nobody stays counted there. */
  @Test
  @Tag("kills:lookup-creates-the-lock-file")
  @Tag("kills:no-undo-after-failed-open")
  void lookup_withoutALockFile_isRefusedAndNotCounted() {
    CommandScript.run(
        """
        p0: create aaa at /a
        /a/.lock removed
        p0: lookup aaa READ
        """);
  }

  /** The old files are closed, the new ones did not open: closed, not closing. */
  @Test
  @Tag("kills:closing-left-after-a-failed-open")
  void lookup_whoseFilesMovedAndDoNotOpen_leavesTheWordClosed() {
    CommandScript.run(
        """
        p0: create aaa at /a
        /b/.lock made anew
        p0: lookup aaa READ
        p0: close aaa
        editor: aaa at /b
        wait 60 s
        /b is broken
        p0: lookup aaa READ
        """);
  }

  /**
   * The old files were closed on the way; nobody may be granted them, even when the path is the old
   * one again.
   */
  @Test
  @Tag("kills:move-keeps-its-instance")
  void lookup_afterAMoveThatFailedAndWasUndone_opensAnew() {
    CommandScript.run(
        """
        p0: create aaa at /a
        /b/.lock made anew
        p0: lookup aaa READ
        p0: close aaa
        editor: aaa at /b
        wait 60 s
        /b is broken
        p0: lookup aaa READ
        editor: aaa at /a
        wait 60 s
        p0: lookup aaa READ
        """);
  }

  /** Any refusal is typed. */
  @Test
  @Tag("kills:untyped-refusal")
  void lookup_whileTheLedgerIsFull_isRefusedAsSuch() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: ledger full
        p0: lookup aaa READ
        """);
  }

  /** A LOOKUP sees memory and has nothing to give back. */
  @Test
  @Tag("kills:lookup-opens-the-chunk-store")
  void look_besideAUser_isNotCounted() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        bump
        p0: lookup aaa LOOKUP
        """);
  }

  /** Closing a second descriptor, however short it was open, loses the locks of the writer. */
  @Test
  @Tag("kills:throw-away-chunk-store")
  void look_besideAWriter_opensNothing() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa WRITE
        p0: lookup aaa LOOKUP
        """);
  }

  /** A process that listens to the old page would never hear of a save again. */
  @Test
  @Tag("kills:replaced-page-not-noticed")
  void lookup_afterThePageWasReplaced_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        page replaced
        p0: lookup aaa READ
        """);
  }

  /** Nobody would see what it counts. */
  @Test
  @Tag("kills:replaced-ledger-not-noticed")
  void lookup_afterTheLedgerWasReplaced_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        ledger of p0 replaced
        p0: lookup aaa READ
        """);
  }

  /** Idle files give way when a process can open no more; files in use do not. */
  @Test
  @Tag("kills:out-of-files-is-the-end")
  void lookup_outOfFiles_closesIdleOnesAndTriesOnceMore() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /b
        p0: at most 1 files
        p0: lookup aaa READ
        p0: close aaa
        p0: lookup bbb READ
        p0: lookup aaa WRITE
        p0: close bbb
        p0: lookup aaa WRITE
        p0: lookup bbb READ
        """);
  }

  /**
   * A read-only disk serves READ; WRITE comes back once the disk can be written and no reader is
   * left.
   */
  @Test
  @Tag("kills:read-only-files-serve-a-warm-write")
  @Tag("kills:read-only-files-serve-a-slow-write")
  void lookup_onAReadOnlyDisk_grantsReadOnly() {
    CommandScript.run(
        """
        p0: create aaa at /a
        /a is read-only
        p0: lookup aaa WRITE
        p0: lookup aaa READ
        p0: lookup aaa WRITE
        /a is writable
        p0: lookup aaa WRITE
        p0: lookup aaa READ
        p0: close aaa
        p0: close aaa
        p0: lookup aaa WRITE
        /a is read-only
        p0: lookup aaa READ
        p0: lookup aaa WRITE
        """);
  }
}
