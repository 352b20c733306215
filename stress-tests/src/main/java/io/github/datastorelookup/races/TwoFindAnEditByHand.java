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
 * TwoFindAnEditByHand}
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Both see the edit, and one told it.")
@Outcome(id = "1, 1, 2", expect = FORBIDDEN, desc = "Both told it.")
@Outcome(id = "1, 1, 0", expect = FORBIDDEN, desc = "Nobody told it.")
@Outcome(id = "[01], [01], [012]", expect = FORBIDDEN, desc = "Somebody does not see it.")
@State
public class TwoFindAnEditByHand {
  private final Cast cast = new Cast(UnaryOperator.identity());

  /** Looks up, after the TTL. */
  @Actor
  public void one(III_Result seen) {
    seen.r1 = cast.one.sees("new");
  }

  /** Looks up, in another process. */
  @Actor
  public void other(III_Result seen) {
    seen.r2 = cast.other.sees("new");
  }

  /** Counts bumps. */
  @Arbiter
  public void afterwards(III_Result seen) {
    seen.r3 = cast.bumps();
  }

  /** The config lock keeps nobody out. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE_INTERESTING, desc = "Both told it.")
  @State
  public static class WithoutConfigLock {
    private final Cast cast = new Cast(Bend::withoutConfigLock);

    /** Looks up, after the TTL. */
    @Actor
    public void one(III_Result seen) {
      seen.r1 = cast.one.sees("new");
    }

    /** Looks up, in another process. */
    @Actor
    public void other(III_Result seen) {
      seen.r2 = cast.other.sees("new");
    }

    /** Counts bumps. */
    @Arbiter
    public void afterwards(III_Result seen) {
      seen.r3 = cast.bumps();
    }
  }

  /** Who is in it, and what they do. */
  private static final class Cast {
    private final RaceMachine machine = new RaceMachine();
    private final RacingProcess one;
    private final RacingProcess other;
    private final long before;

    Cast(UnaryOperator<Ports> bend) {
      one = machine.process(p -> Bend.slowReads(bend.apply(p))).warm();
      other = machine.process(p -> Bend.slowReads(bend.apply(p))).warm();
      before = machine.host().generation().get();
      machine.editByHand("path /a", "comment new\n\tpath /a");
      machine.outliveTtl();
    }

    int bumps() {
      return (int) (machine.host().generation().get() - before);
    }
  }
}
