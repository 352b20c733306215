package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.config.MaintenanceMode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Can a decider that sees one of two warm lookups, or an undone one, miss the other?
 *
 * <p>Clauses W3, W4, S3, M3; INV-3, INV-6.
 *
 * <p>No. Each lookup has its own handshake with the decider, as in {@link WarmLookupVersusSetMode},
 * and additions to one word do not disturb each other.
 *
 * <p>Needs three cores.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=TwoWarmLookupsVersusSetMode
 * </pre>
 */
@NeedsCores(3)
@JCStressTest
@Outcome(id = "0, 0, [012]", expect = ACCEPTABLE, desc = "The mode came first.")
@Outcome(id = "1, 0, [12]", expect = ACCEPTABLE, desc = "One came first, and was seen.")
@Outcome(id = "0, 1, [12]", expect = ACCEPTABLE, desc = "One came first, and was seen.")
@Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "Both came first, and were seen.")
@Outcome(id = "1, 0, 0", expect = FORBIDDEN, desc = "One was granted, and neither was seen.")
@Outcome(id = "0, 1, 0", expect = FORBIDDEN, desc = "One was granted, and neither was seen.")
@Outcome(id = "1, 1, [01]", expect = FORBIDDEN, desc = "Both were granted, and not both were seen.")
@State
public class TwoWarmLookupsVersusSetMode {
  private final RaceFixture fixture = new RaceFixture();
  private final RacingProcess worker = fixture.process().warm();
  private final RacingProcess decider = fixture.process();

  /** Looks up to write. */
  @Actor
  public void one(III_Result seen) {
    Spin.awhile();
    seen.r1 = worker.write(NAME);
  }

  /** Looks up to write. */
  @Actor
  public void other(III_Result seen) {
    Spin.awhile();
    seen.r2 = worker.write(NAME);
  }

  /** Sets the mode, then reads the words. */
  @Actor
  public void decider(III_Result seen) {
    decider.set(NAME, MaintenanceMode.OFFLINE);
    seen.r3 = decider.writers(NAME);
  }
}
