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
 * Which thread closes the files if the last drop sees a count that a lookup then undoes?
 *
 * <p>Clauses W4, D1; INV-5.
 *
 * <p>The thread that undoes it. An undo is a drop: the last real drop may have seen the transient
 * count and left its duty to it. Here a process that sets the mode offline preempts the lookup
 * between its two reads of the generation.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=UndoVersusLastDrop
 * </pre>
 */
@WrongVersions(mutants = "warm-undo-without-last-drop-check")
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Refused, and the files are closed.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Each left it to the other.")
@Outcome(id = "1, [01]", expect = FORBIDDEN, desc = "Granted in offline.")
@State
public class UndoVersusLastDrop {
  private final RaceFixture fixture = new RaceFixture();
  private final RacingProcess decider = fixture.process();
  private final PreemptBetweenReads preempt =
      new PreemptBetweenReads(() -> decider.set(NAME, MaintenanceMode.OFFLINE));
  private final RacingProcess worker = fixture.process(preempt::weaken);
  private final DatastoreHandle last = worker.held(Operation.READ);

  /** Counts, is preempted, and undoes it. */
  @Actor
  public void looker(II_Result seen) {
    preempt.arm();
    seen.r1 = worker.read(NAME);
  }

  /** Drops the last handle. */
  @Actor
  public void reader() {
    Spin.awhile();
    last.close();
  }

  /** Counts open files. */
  @Arbiter
  public void afterwards(II_Result seen) {
    seen.r2 = fixture.open();
  }
}
