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
 * When two processes find one edit by hand, is it told to all exactly once?
 *
 * <p>Claim (INV-8): yes. Who loads has the config lock, and bumps only if the generation is still
 * that of its old snapshot (L1); the second one finds it bumped. If the lock keeps nobody out both
 * bump, and in the end every reload makes all others reload.
 *
 * <p>Reading the config is slow here.
 *
 * <p>Run it alone: {@code java -cp <test classpath> org.openjdk.jcstress.Main -t
 * TwoFindAManualEdit}
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Both see the edit, and one told it.")
@Outcome(id = "1, 1, 2", expect = FORBIDDEN, desc = "Both told it.")
@Outcome(id = "1, 1, 0", expect = FORBIDDEN, desc = "Nobody told it.")
@Outcome(id = "[01], [01], [012]", expect = FORBIDDEN, desc = "Somebody does not see it.")
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

  /** The config lock keeps nobody out. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE_INTERESTING, desc = "Both told it.")
  @State
  public static class WithoutConfigLock {
    private final Steps steps = new Steps(WeakenedPorts::withoutConfigLock);

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
  }

  /** Who is in it, and what they do. */
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
