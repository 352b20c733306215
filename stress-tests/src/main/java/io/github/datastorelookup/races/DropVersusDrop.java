package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.DatastoreHandle;
import io.github.datastorelookup.Operation;
import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.AtomicWord;
import java.util.function.LongFunction;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Do two concurrent drops of the last two handles close the files exactly once?
 *
 * <p>Clause D1; INV-5, INV-9.
 *
 * <p>Yes. Each thread subtracts atomically, and exactly one learns that it was the last. The wrong
 * version reads the word and writes it back. Both threads may then find that another handle is
 * left, and the files stay open.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=DropVersusDrop
 * </pre>
 */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Closed by the last drop.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Neither was last: the files stay open.")
@Outcome(id = "0, 2", expect = FORBIDDEN, desc = "Both were last: closed twice.")
@State
public class DropVersusDrop {
  private final Steps steps = new Steps(Words::next);

  /** Drops one of two handles. */
  @Actor
  public void one() {
    steps.one.close();
  }

  /** Drops the other. */
  @Actor
  public void other() {
    steps.other.close();
  }

  /** Counts open files, and how often they were closed. */
  @Arbiter
  public void afterwards(II_Result seen) {
    steps.judge(seen);
  }

  /** The word is read, and the difference written back. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "Neither was last.")
  @State
  public static class WrittenBack {
    private final Steps steps = new Steps(Words.weakened(Words::writtenBack));

    @Actor
    public void one() {
      steps.one.close();
    }

    @Actor
    public void other() {
      steps.other.close();
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      steps.judge(seen);
    }
  }

  private static final class Steps {
    private final RaceFixture fixture;
    private final RacingProcess worker;
    private final DatastoreHandle one;
    private final DatastoreHandle other;

    Steps(LongFunction<AtomicWord> words) {
      fixture = new RaceFixture(words);
      worker = fixture.process();
      one = worker.held(Operation.READ);
      other = worker.held(Operation.READ);
      fixture.process().set(NAME, MaintenanceMode.OFFLINE);
    }

    void judge(II_Result seen) {
      seen.r1 = fixture.open();
      seen.r2 = (int) worker.registry().stats().evictions() + fixture.host().files().closedTwice();
    }
  }
}
