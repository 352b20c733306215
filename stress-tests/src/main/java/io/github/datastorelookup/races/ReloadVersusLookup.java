package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.port.Ports;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a lookup accept an outdated snapshot while another thread replaces it?
 *
 * <p>Clauses W1, L1; INV-1, INV-7.
 *
 * <p>No. It reads the snapshot, then the generation, and they must match; the snapshot is
 * immutable, and its reference is volatile. Here a save returned before both lookups began, so both
 * see it, whichever of them loads. In the wrong version the process compares with its own
 * generation.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=ReloadVersusLookup
 * </pre>
 */
@WrongVersions(
    weakMemory =
        "Not exercised on weak memory: a snapshot published without order may be seen incomplete, but not on x86. A rule of ArchitectureTest requires final fields.")
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both see the save.")
@Outcome(id = "0, [01]", expect = FORBIDDEN, desc = "The one uses the old text.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The other uses the old text.")
@State
public class ReloadVersusLookup {
  private final RacingProcess worker = outdated(UnaryOperator.identity());

  /** Looks up. */
  @Actor
  public void one(II_Result seen) {
    seen.r1 = worker.sees("new");
  }

  /** Looks up, perhaps while the one loads. */
  @Actor
  public void other(II_Result seen) {
    seen.r2 = worker.sees("new");
  }

  /** The process has a generation of its own. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Both use the old text.")
  @State
  public static class WithItsOwnGeneration {
    private final RacingProcess worker = outdated(WeakenedPorts::ownGeneration);

    @Actor
    public void one(II_Result seen) {
      seen.r1 = worker.sees("new");
    }

    @Actor
    public void other(II_Result seen) {
      seen.r2 = worker.sees("new");
    }
  }

  /** A process that has loaded the config, before another one saved. */
  private static RacingProcess outdated(UnaryOperator<Ports> weaken) {
    RaceFixture fixture = new RaceFixture();
    RacingProcess worker = fixture.process(weaken).warm();
    fixture.process().comment("new");
    return worker;
  }
}
