package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.ALIAS;
import static io.github.datastorelookup.races.RaceFixture.NAME;
import static io.github.datastorelookup.races.RacingProcess.open;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.jvm.JvmSync;
import io.github.datastorelookup.races.RaceFixture.SpinningSync;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Can two names of one chunk store open it twice?
 *
 * <p>Clause L4; INV-4.
 *
 * <p>No. A lookup claims the identity of the {@code .lock} atomically before it opens the files. A
 * second lookup evicts the idle files of the first, or waits. The wrong version claims in two
 * steps: look, then take.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=ClaimVersusClaim
 * </pre>
 */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "One after the other.")
@Outcome(id = "2", expect = FORBIDDEN, desc = "Open twice.")
@State
public class ClaimVersusClaim {
  private final Steps steps = new Steps(new SpinningSync());

  /** Uses it by one name. */
  @Actor
  public void one() {
    steps.useOne();
  }

  /** Uses it by the other name. */
  @Actor
  public void other() {
    steps.useOther();
  }

  /** The most that were open at once. */
  @Arbiter
  public void afterwards(I_Result seen) {
    seen.r1 = steps.most();
  }

  /** A claim takes two steps: look, then take. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "Open twice.")
  @State
  public static class LookedForAndThenTaken {
    private final Steps steps = new Steps(new TwoStepSync());

    @Actor
    public void one() {
      steps.useOne();
    }

    @Actor
    public void other() {
      steps.useOther();
    }

    @Arbiter
    public void afterwards(I_Result seen) {
      seen.r1 = steps.most();
    }
  }

  private static final class Steps {
    private final RaceFixture fixture = new RaceFixture();
    private final RacingProcess worker;
    private int one;
    private int other;

    Steps(JvmSync sync) {
      worker = fixture.process(sync, UnaryOperator.identity());
      int unused = worker.sees("loaded");
    }

    private int use(String name) {
      try (DatastoreHandle handle = worker.registry().lookup(name, Operation.READ)) {
        Spin.shortly();
        return fixture.open() + 1 - open(handle);
      }
    }

    void useOne() {
      one = use(NAME);
    }

    void useOther() {
      other = use(ALIAS);
    }

    int most() {
      return Math.max(one, other);
    }
  }
}
