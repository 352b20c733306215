package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Ports;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Can a decider miss one of two warm lookups, when it saw the other, or saw only one that was
 * undone?
 *
 * <p>Clauses W3, W4, S3, M3; INV-3, INV-6.
 *
 * <p>No. Each lookup has a handshake of its own with the decider, as in {@link
 * WarmLookupVersusSetMode}, and additions to one word do not disturb each other.
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
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Looks up to write. */
  @Actor
  public void one(III_Result seen) {
    seen.r1 = steps.write();
  }

  /** Looks up to write. */
  @Actor
  public void other(III_Result seen) {
    seen.r2 = steps.write();
  }

  /** Sets the mode, then reads the words. */
  @Actor
  public void decider(III_Result seen) {
    seen.r3 = steps.setModeThenCount();
  }

  /** The processes of this race, and the steps of its actors. */
  private static final class Steps {
    private final RacingProcess worker;
    private final RacingProcess decider;

    Steps(UnaryOperator<Ports> weaken) {
      RaceFixture fixture = new RaceFixture();
      worker = fixture.process(weaken).warm();
      decider = fixture.process();
    }

    int write() {
      Spin.awhile();
      return worker.write(NAME);
    }

    int setModeThenCount() {
      decider.set(NAME, MaintenanceMode.OFFLINE);
      return decider.writers(NAME);
    }
  }
}
