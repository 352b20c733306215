package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RacingProcess.open;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.port.OperationWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Do two concurrent closes of one handle count as one drop?
 *
 * <p>Clause D1; INV-6.
 *
 * <p>Yes. One thread wins the compare-and-set of the handle, and only that thread drops. If both
 * dropped, the count of another handle would be lost, and a decider would act under that handle.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=CloseVersusClose
 * </pre>
 */
@WrongVersions(mutants = "close-counts-each-time")
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The other handle is still counted.")
@Outcome(id = "0, [01]", expect = FORBIDDEN, desc = "Counted twice.")
@State
public class CloseVersusClose {
  private final RacingProcess worker = new RaceFixture().process();
  private final DatastoreHandle handle = worker.held(Operation.READ);
  private final DatastoreHandle another = worker.held(Operation.READ);

  /** Closes the handle. */
  @Actor
  public void one() {
    handle.close();
  }

  /** Closes the same handle. */
  @Actor
  public void other() {
    handle.close();
  }

  /** Looks for the other handle. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r1 = OperationWord.reads(worker.word());
    seen.r2 = open(another);
  }
}
