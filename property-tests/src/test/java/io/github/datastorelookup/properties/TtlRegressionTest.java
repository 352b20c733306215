package io.github.datastorelookup.properties;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrong ways to tell how old a snapshot is, each with the few commands that show it. */
@Tag("properties")
class TtlRegressionTest {
  /**
   * What is cached is young for a TTL, on the warm path as on the slow one, by a clock that nobody
   * sets.
   */
  @Test
  @Tag("kills:ttl-asked-on-the-slow-path-only")
  @Tag("kills:ttl-by-the-wall-clock")
  @Tag("kills:ttl-never-ends")
  void lookup_afterTheTtl_seesAnEditByHand() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa comment
        wait 60 s
        p0: lookup aaa READ
        """);
  }

  /** A busy process sees an edit by hand as an idle one does. */
  @Test
  @Tag("kills:hits-renew-the-ttl")
  void lookup_manyTimesInATtl_doesNotMakeTheSnapshotYoung() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa comment
        wait 30 s
        p0: lookup aaa READ
        wait 30 s
        p0: lookup aaa READ
        """);
  }

  /** A load that finds what is known already is good for another TTL. */
  @Test
  @Tag("kills:ttl-not-renewed")
  void load_ofTheSameText_isYoungAgain() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        wait 60 s
        p0: lookup aaa READ
        editor: aaa comment
        p0: refresh
        """);
  }

  /**
   * Of two edits the second is found by a process that a bump made load: it has nothing to tell.
   */
  @Test
  @Tag("kills:manual-edit-logged-under-the-config-lock")
  void twoEditsByHand_withinATtl_areSeenByAllAfterATtl() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        p1: lookup aaa READ
        wait 60 s
        editor: aaa comment
        p0: lookup aaa READ
        editor: aaa offline
        p1: lookup aaa READ
        p0: lookup aaa READ
        wait 60 s
        p0: lookup aaa READ
        """);
  }

  /** Time passed, and somebody bumped: neither is an edit. */
  @Test
  @Tag("kills:every-expiry-bumps")
  @Tag("kills:every-load-bumps")
  void load_ofTheSameText_tellsNobody() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        wait 60 s
        p0: lookup aaa READ
        bump
        p0: lookup aaa READ
        """);
  }

  /** An idle process looks at the file for all, not for itself. */
  @Test
  @Tag("kills:watcher-never-reloads")
  void watcher_afterTheTtl_tellsOfAnEditByHand() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa comment
        wait 60 s
        p0: refresh
        """);
  }

  /** A drop looks for itself and changes nothing: the next lookup loads. */
  @Test
  @Tag("kills:drop-renews-the-load-time")
  void drop_afterTheTtl_doesNotMakeTheSnapshotYoung() {
    CommandScript.run(
        """
        p0: create aaa at /a
        p0: lookup aaa READ
        editor: aaa comment
        wait 60 s
        p0: close aaa
        p0: lookup aaa READ
        """);
  }
}
