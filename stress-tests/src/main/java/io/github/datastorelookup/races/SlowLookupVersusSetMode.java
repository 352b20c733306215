package io.github.datastorelookup.races;

import static io.github.datastorelookup.races.RaceFixture.USB;
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
 * Can a decider that set a mode and then counts miss a lookup that took the config lock?
 *
 * <p>Clauses S1, L2, M2; INV-3.
 *
 * <p>No. A slow lookup checks the mode and adds its count within one hold of the config lock. The
 * decider saves the mode and reads the words within other holds. So the decider sees the count, or
 * the lookup sees the mode. The wrong version lacks that edge: the lookup checks the mode, the
 * decider saves and reads the words, and the count comes too late.
 *
 * <p>Any hardware with two cores shows it: it is a race of two critical sections, not of memory
 * orders. The datastore is removable, so each lookup of it is slow.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=SlowLookupVersusSetMode
 * </pre>
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Checked before the save, counted after it.")
@Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Refused, but counted.")
@State
public class SlowLookupVersusSetMode {
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

  /** The config lock excludes no process. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The lookup came first, and was seen.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The mode came first, and refused.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Checked, then saved, then counted.")
  @State
  public static class WithoutConfigLock {
    private final Steps steps = new Steps(WeakenedPorts::withoutConfigLock);

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
      worker = fixture.process(p -> WeakenedPorts.slowMounts(weaken.apply(p)));
      decider = fixture.process(weaken);
      worker.write(USB); // the first one opens files, and has more to do
    }

    void write(II_Result seen) {
      Spin.awhile();
      seen.r1 = worker.write(USB);
    }

    void setModeThenCount(II_Result seen) {
      decider.set(USB, MaintenanceMode.OFFLINE);
      seen.r2 = decider.writers(USB) - 1;
    }
  }
}
