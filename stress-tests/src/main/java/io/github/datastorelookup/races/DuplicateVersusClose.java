package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Is the duplicate of a closing handle either refused or valid?
 *
 * <p>Clauses D1, D2; INV-5, INV-9.
 *
 * <p>Yes. The duplicate counts first and only then checks that its source is open. If it is open,
 * the count of the source was there all the time. If not, the duplicate undoes its count, which is
 * a drop. A duplicate that checks first may count on files that were closed in between.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=DuplicateVersusClose
 * </pre>
 */
@WrongVersions(mutants = "duplicate-checks-before-it-counts")
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "A duplicate, of open files.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and the files are closed.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "A duplicate of closed files.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Refused, and the files stay open.")
@State
public class DuplicateVersusClose {
  private final RaceFixture fixture = new RaceFixture(Words.weakened(Words::addingSlowly));
  private final DatastoreHandle handle = fixture.process().held(Operation.READ);

  /** The mode is offline before the race. */
  public DuplicateVersusClose() {
    fixture.process().set(NAME, MaintenanceMode.OFFLINE);
  }

  /** Duplicates the handle. */
  @Actor
  public void sharer(II_Result seen) {
    try {
      DatastoreHandle unused = handle.duplicate();
      seen.r1 = 1;
    } catch (IllegalStateException e) {
      seen.r1 = 0;
    }
  }

  /** Closes it; it is the last one, in offline. */
  @Actor
  public void owner() {
    handle.close();
  }

  /** Counts open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r2 = fixture.open();
  }
}
