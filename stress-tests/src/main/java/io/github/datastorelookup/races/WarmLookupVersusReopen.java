package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static io.github.datastorelookup.races.RacingProcess.open;
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
 * Can a warm lookup be granted files that were closed and reopened meanwhile?
 *
 * <p>Clauses W5, E1; INV-9.
 *
 * <p>No. It reads the instance only once it is counted, and files of a word with counts are not
 * closed. A lookup that reads the instance first and then counts may be granted files that other
 * threads closed and reopened in between.
 *
 * <p>A thread has to lose its time slice exactly between two adjacent accesses for a whole eviction
 * and a reopening to fit there.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=WarmLookupVersusReopen
 * </pre>
 */
@WrongVersions(
    weakMemory =
        "Not exercised: the window is one access wide, on any memory. The simulator switches threads there: mutant warm-lookup-reads-the-instance-before-it-counts.")
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Granted files that are open.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Refused by the mode.")
@Outcome(id = "2, 1", expect = FORBIDDEN, desc = "Granted files that are closed.")
@State
public class WarmLookupVersusReopen {
  private final RaceFixture fixture = new RaceFixture();
  private final RacingProcess worker = fixture.process().warm();
  private final RacingProcess decider = fixture.process();

  /** Looks up, and looks at the files. */
  @Actor
  public void looker(II_Result seen) {
    Spin.awhile();
    DatastoreHandle handle = worker.lookup(NAME, Operation.READ);
    seen.r1 = handle == null ? 0 : 2 - open(handle);
  }

  /** Closes the files, and opens them again. */
  @Actor
  public void others() {
    decider.set(NAME, MaintenanceMode.OFFLINE);
    worker.registry().refresh();
    decider.set(NAME, MaintenanceMode.NONE);
    DatastoreHandle unused = worker.held(Operation.READ);
  }

  /** Counts open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r2 = fixture.open();
  }
}
