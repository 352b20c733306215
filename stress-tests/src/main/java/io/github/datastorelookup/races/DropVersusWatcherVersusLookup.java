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
 * Do a last drop, a watcher and a lookup close the files exactly once, or never if the lookup is
 * granted?
 *
 * <p>Clauses D1, E1, T1; INV-5, INV-9.
 *
 * <p>Yes. Each of them closes by one compare-and-set of the word, and holds the slot's mutex while
 * it does.
 *
 * <p>Needs three cores.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=DropVersusWatcherVersusLookup
 * </pre>
 */
@NeedsCores(3)
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Granted, and open.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and closed.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Closed under the reader.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Each left it to the others.")
@State
public class DropVersusWatcherVersusLookup {
  private final RaceFixture fixture = new RaceFixture();
  private final RacingProcess worker = fixture.process(WeakenedPorts::slowReads);
  private final RacingProcess decider = fixture.process();
  private final DatastoreHandle last = worker.held(Operation.READ);

  /** After the mode was set, looks for idle files. */
  @Actor
  public void watcher() {
    decider.set(NAME, MaintenanceMode.OFFLINE);
    worker.registry().refresh();
  }

  /** Drops its handle. */
  @Actor
  public void reader() {
    Spin.awhile();
    last.close();
  }

  /** Looks up to read. */
  @Actor
  public void looker(II_Result seen) {
    Spin.awhile();
    seen.r1 = worker.read(NAME);
  }

  /** Counts open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r2 = fixture.open();
  }
}
