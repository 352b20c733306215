package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.port.Ports;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * If two processes find one manual edit, do both use it, with exactly one bump?
 *
 * <p>Clause L1; INV-2, INV-8.
 *
 * <p>Yes. A process that loads holds the config lock, and bumps only if the generation is still
 * that of its old snapshot; the second process finds it bumped. In the wrong version the lock
 * excludes no process, and both bump. In the end every reload makes all other processes reload.
 *
 * <p>Reading the config is slow here.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=TwoFindAManualEdit
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Both see the edit, and one bumped.")
@Outcome(id = "1, 1, 2", expect = FORBIDDEN, desc = "Both bumped.")
@Outcome(id = "1, 1, 0", expect = FORBIDDEN, desc = "Neither bumped.")
@Outcome(id = "[01], [01], [012]", expect = FORBIDDEN, desc = "One of them does not see it.")
@State
public class TwoFindAManualEdit {
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Looks up, after the TTL. */
  @Actor
  public void one(III_Result seen) {
    seen.r1 = steps.one.sees("new");
  }

  /** Looks up, in another process. */
  @Actor
  public void other(III_Result seen) {
    seen.r2 = steps.other.sees("new");
  }

  /** Counts bumps. */
  @Arbiter
  public void afterwards(III_Result seen) {
    seen.r3 = steps.bumps();
  }

  /** The config lock excludes no process. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE_INTERESTING, desc = "Both bumped.")
  @State
  public static class WithoutConfigLock {
    private final Steps steps = new Steps(WeakenedPorts::withoutConfigLock);

    @Actor
    public void one(III_Result seen) {
      seen.r1 = steps.one.sees("new");
    }

    @Actor
    public void other(III_Result seen) {
      seen.r2 = steps.other.sees("new");
    }

    @Arbiter
    public void afterwards(III_Result seen) {
      seen.r3 = steps.bumps();
    }
  }

  private static final class Steps {
    private final RaceFixture fixture = new RaceFixture();
    private final RacingProcess one;
    private final RacingProcess other;
    private final long before;

    Steps(UnaryOperator<Ports> weaken) {
      one = fixture.process(p -> WeakenedPorts.slowReads(weaken.apply(p))).warm();
      other = fixture.process(p -> WeakenedPorts.slowReads(weaken.apply(p))).warm();
      before = fixture.host().generation().get();
      fixture.editByHand("path /a", "comment new\n\tpath /a");
      fixture.outliveTtl();
    }

    int bumps() {
      return (int) (fixture.host().generation().get() - before);
    }
  }
}
