package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.port.Ports;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Do concurrent edits of two processes both reach the file?
 *
 * <p>Clauses S1, S2; INV-1.
 *
 * <p>Yes. Each process reads the file again and replaces it within one hold of the config lock. In
 * the wrong version that lock excludes no process. Each writes its own edit of the same old text,
 * and one edit is lost.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=SaveVersusSave
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both edits are there.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The other's is lost.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "The one's is lost.")
@State
public class SaveVersusSave {
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Sets one property. */
  @Actor
  public void one() {
    Steps.save(steps.one, "comment", "new");
  }

  /** Sets another one. */
  @Actor
  public void other() {
    Steps.save(steps.other, "keep-last", "3");
  }

  /** Reads the file. */
  @Arbiter
  public void afterwards(II_Result seen) {
    steps.judge(seen);
  }

  /** The config lock excludes no process. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The other's is lost.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "The one's is lost.")
  @State
  public static class WithoutConfigLock {
    private final Steps steps = new Steps(WeakenedPorts::withoutConfigLock);

    @Actor
    public void one() {
      Steps.save(steps.one, "comment", "new");
    }

    @Actor
    public void other() {
      Steps.save(steps.other, "keep-last", "3");
    }

    @Arbiter
    public void afterwards(II_Result seen) {
      steps.judge(seen);
    }
  }

  private static final class Steps {
    private final RaceFixture fixture = new RaceFixture();
    private final RacingProcess one;
    private final RacingProcess other;

    Steps(UnaryOperator<Ports> weaken) {
      one = fixture.process(p -> WeakenedPorts.slowReads(weaken.apply(p)));
      other = fixture.process(p -> WeakenedPorts.slowReads(weaken.apply(p)));
    }

    static void save(RacingProcess process, String key, String value) {
      process.registry().update(NAME, Map.of(key, value), List.of());
    }

    void judge(II_Result seen) {
      seen.r1 = fixture.config().contains("comment new") ? 1 : 0;
      seen.r2 = fixture.config().contains("keep-last 3") ? 1 : 0;
    }
  }
}
