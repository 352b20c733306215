package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.NAME;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.config.MaintenanceMode;
import io.github.datastorelookup.port.Ports;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a decider that set a mode and then counts miss a warm lookup, which takes no lock?
 *
 * <p>Clauses W3, W4, S3, M3; INV-3.
 *
 * <p>No. The lookup adds its count and then reads the generation again; the decider bumps the
 * generation and then reads the words. All four accesses are sequentially consistent, so at least
 * one thread sees the other (Dekker's handshake). The wrong version does not read again. A mode
 * that has ended grants it, after the decider read the words, and data are deleted under a running
 * backup. {@link CountVersusBump} asks the same of the bare accesses.
 *
 * <p>Any hardware with two cores shows the wrong version.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=WarmLookupVersusSetMode
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Each saw the other: the count was undone.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Granted, and not counted.")
@State
public class WarmLookupVersusSetMode {
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Looks up to write. */
  @Actor
  public void writer(II_Result seen) {
    steps.write(seen);
  }

  /** Sets the mode, then reads the words. */
  @Actor
  public void decider(II_Result seen) {
    steps.setModeThenCount(seen);
  }

  /** The generation is not read again (no W4). */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The count was undone.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "Granted by a mode that has ended.")
  @State
  public static class WithoutRereading {
    private final Steps steps = new Steps(WeakenedPorts::withoutRereading);

    @Actor
    public void writer(II_Result seen) {
      steps.write(seen);
    }

    @Actor
    public void decider(II_Result seen) {
      steps.setModeThenCount(seen);
    }
  }

  private static final class Steps {
    private final RacingProcess worker;
    private final RacingProcess decider;

    Steps(UnaryOperator<Ports> weaken) {
      RaceFixture fixture = new RaceFixture();
      worker = fixture.process(weaken).warm();
      decider = fixture.process();
    }

    void write(II_Result seen) {
      Spin.awhile();
      seen.r1 = worker.write(NAME);
    }

    void setModeThenCount(II_Result seen) {
      decider.set(NAME, MaintenanceMode.OFFLINE);
      seen.r2 = decider.writers(NAME);
    }
  }
}
