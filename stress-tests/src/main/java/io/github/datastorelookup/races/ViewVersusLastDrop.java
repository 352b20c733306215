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
 * Does a LOOKUP keep files open that the last drop has to close?
 *
 * <p>Clauses L2, D1; INV-5.
 *
 * <p>No. A LOOKUP is a view of memory: it opens no file, holds none, and is not counted. In the
 * wrong version, the lookup of PBS 4.2.3, a LOOKUP handle has the open files without being counted
 * (flaw P3).
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=ViewVersusLastDrop
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Granted, and the files are closed.")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "The view holds the files, or opened them.")
@Outcome(id = "0, [01]", expect = FORBIDDEN, desc = "Offline refuses no LOOKUP.")
@State
public class ViewVersusLastDrop {
  private final LookupUnderTest lookup = LookupUnderTest.library().offline();

  /** Drops the last handle, in offline. */
  @Actor
  public void reader() {
    lookup.dropLast();
  }

  /** Takes a view, and keeps it. */
  @Actor
  public void viewer(II_Result seen) {
    lookup.view();
    seen.r1 = 1;
  }

  /** Counts open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r2 = lookup.open();
  }

  /** The lookup of PBS 4.2.3. */
  @JCStressTest
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE,
      desc = "The view came first; the drop took the files from it.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "The view holds the files.")
  @State
  public static class Pbs423 {
    private final LookupUnderTest lookup = LookupUnderTest.pbs(SpecimenKind.PBS_4_2_3).offline();

    @Actor
    public void reader() {
      lookup.dropLast();
    }

    @Actor
    public void viewer(II_Result seen) {
      lookup.view();
      seen.r1 = 1;
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      seen.r2 = lookup.open();
    }
  }
}
