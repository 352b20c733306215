package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.OperationWord;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a decider see CLOSED while files are still open?
 *
 * <p>Clause E1; INV-5.
 *
 * <p>No. The word is {@code CLOSING} while a thread closes the files, and {@code CLOSED} only
 * afterwards. A decider may unmount as soon as it sees {@code CLOSED}. With one bit for both
 * states, it would unmount a file system that is in use. Closing is slow here.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=EvictVersusDecider
 * </pre>
 */
@WrongVersions(mutants = "closed-said-before-the-files-are")
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Not yet closed, and not said so.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Closed between the two looks.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Closed.")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "Said to be closed, and still open.")
@State
public class EvictVersusDecider {
  private final RaceFixture fixture = new RaceFixture();
  private final RacingProcess worker = fixture.process(WeakenedPorts::slowClose);
  private final DatastoreHandle last = worker.held(Operation.READ);

  /** The mode is offline before the race. */
  public EvictVersusDecider() {
    fixture.process().set(NAME, MaintenanceMode.OFFLINE);
  }

  /** Drops the last handle, in offline. */
  @Actor
  public void reader() {
    last.close();
  }

  /** Reads the word, then looks at the files. */
  @Actor
  public void decider(II_Result seen) {
    Spin.awhile();
    seen.r1 = worker.word() == OperationWord.CLOSED ? 1 : 0;
    seen.r2 = fixture.open();
  }
}
