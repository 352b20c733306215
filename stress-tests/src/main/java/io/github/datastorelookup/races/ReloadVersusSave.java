package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.specimens.SpecimenKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a reload at the end of the TTL keep the old text under the generation of a save?
 *
 * <p>Clauses S5, L1, D1; INV-7.
 *
 * <p>No. Only a thread that holds the config lock stores a snapshot, and a save holds that lock
 * from the first bump to the last. A drop that reads the file stores nothing. The wrong version is
 * the cache that the reviewer of the patch series sketched: a drop reloads without the lock and
 * bumps. The old text then counts as current under the newest generation, and stays for a TTL.
 *
 * <p>Reading the config is slow here, so that the save fits in between.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=ReloadVersusSave
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "A later lookup sees the save.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The old text is cached for good.")
@State
public class ReloadVersusSave {
  private final LookupUnderTest lookup = LookupUnderTest.library().outdated();

  /** Drops a handle, and looks at the config: its copy is too old. */
  @Actor
  public void reloader(II_Result seen) {
    lookup.reload();
    seen.r1 = 1;
  }

  /** Another process changes a property. */
  @Actor
  public void saver() {
    Spin.shortly();
    lookup.save();
  }

  /** Looks up later. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r2 = lookup.sees();
  }

  /** The cache that the reviewer sketched, with its TTL. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The old text is cached for good.")
  @State
  public static class SeriesV2Reviewed {
    private final LookupUnderTest lookup =
        LookupUnderTest.pbs(SpecimenKind.SERIES_V2_REVIEWED).outdated();

    @Actor
    public void reloader(II_Result seen) {
      lookup.reload();
      seen.r1 = 1;
    }

    @Actor
    public void saver() {
      Spin.shortly();
      lookup.save();
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      seen.r2 = lookup.sees();
    }
  }
}
