package io.github.datastorelookup.properties;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong ways to cache the config, each with the few commands that show it. */
@Tag("properties")
class CacheRegressionTest {
  /** The save has told everybody; who answers with a bump of its own starts a storm. */
  @Test
  @Tag("kills:load-of-a-save-bumps")
  void load_ofTheTextOfASave_tellsNobody() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p1: save aaa comment
        p0: lookup aaa READ
        """);
  }

  /** Who finds an edit by hand bumps, so that others use it when it does. */
  @Test
  @Tag("kills:manual-edit-without-bump")
  void load_ofAnEditByHand_tellsEverybody() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p1: lookup aaa READ
        editor: aaa comment
        wait 60 s
        p0: lookup aaa READ
        """);
  }

  /**
   * The label is the value after the bump: the one before is never current, and the next edit by
   * hand goes unnoticed by others.
   */
  @Test
  @Tag("kills:value-before-its-bump")
  void load_ofAnEditByHand_isGoodForTheValueAfterTheBump() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa comment
        wait 60 s
        p0: lookup aaa READ
        editor: aaa comment
        p0: lookup aaa READ
        """);
  }

  /** Two zeros that nobody counts are no reason to believe what is cached. */
  @Test
  @Tag("kills:cached-copy-without-a-counter")
  @Tag("kills:no-counter-equals-no-counter")
  void lookup_withoutACounter_readsTheFile() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p1: killed
        p1: started without a counter
        p1: lookup aaa LOOKUP
        p0: save aaa comment
        p1: lookup aaa LOOKUP
        """);
  }

  /** The file had been edited by hand; the saver sees what it saved, not what it had cached. */
  @Test
  @Tag("kills:own-save-hides-an-edit-by-hand")
  void lookup_afterOwnSave_seesAnEditByHandBeforeIt() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: create bbb at /b
        p0: lookup aaa READ
        editor: aaa comment
        p0: save bbb comment
        p0: lookup aaa LOOKUP
        """);
  }

  /** Files stay open while a section changes, and the next handle has the new one. */
  @Test
  @Tag("kills:new-chunk-store-on-every-rebuild")
  @Tag("kills:stale-tuning-in-an-open-instance")
  void lookup_afterAChange_isOfTheNewSection() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa comment
        p0: lookup aaa READ
        """);
  }

  /** What does not parse says nothing about any datastore. */
  @Test
  @Tag("kills:parse-error-empties-the-cache")
  void lookup_whenTheConfigIsTorn_isRefusedForThat() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa LOOKUP
        editor: half-written
        bump
        p0: lookup aaa LOOKUP
        """);
  }

  /** An editor removes a file before it writes the new one; no datastore is gone for that. */
  @Test
  @Tag("kills:missing-config-is-empty")
  void lookup_whileTheConfigIsGone_isRefusedForThat() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa LOOKUP
        config removed
        bump
        p0: lookup aaa LOOKUP
        """);
  }

  /** A snapshot that is current is one whose mode counts. */
  @Test
  @Tag("kills:snapshot-hit-skips-the-mode")
  void warmLookup_inReadOnly_asksTheMode() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p0: save aaa read_only
        p0: lookup aaa READ
        p0: lookup aaa WRITE
        """);
  }

  /** What a slot remembers is a section of one config. */
  @Test
  @Tag("kills:section-remembered-for-ever")
  void warmLookup_afterTheModeChanged_asksTheNewSection() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa WRITE
        p0: lookup aaa WRITE
        p0: save aaa read_only
        p0: lookup aaa WRITE
        """);
  }

  /** A typing error in the mode admits nobody. */
  @Test
  @Tag("kills:unknown-mode-taken-for-none")
  void lookup_inAModeNobodyKnows_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        editor: aaa unknown
        p0: lookup aaa READ
        """);
  }

  /** Readers would keep the device busy. */
  @Test
  @Tag("kills:unmount-admits-readers")
  void lookup_inUnmount_isRefused() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: save aaa unmount
        p0: lookup aaa READ
        """);
  }
}
