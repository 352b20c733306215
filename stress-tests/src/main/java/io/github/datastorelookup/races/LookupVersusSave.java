package io.github.datastorelookup.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.datastorelookup.port.Ports;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Can a lookup that begins after a save returned use the old config?
 *
 * <p>Clauses S3, W1; INV-1.
 *
 * <p>No, in no process. The save bumps the shared generation before and after it replaces the file,
 * and a lookup compares its snapshot with that generation. In the wrong version each process has
 * its own generation and misses the saves of other processes.
 *
 * <p>Any hardware with two cores shows it.
 *
 * <p>To run it alone:
 *
 * <pre>
 * mvn -B verify -Pverification -DskipTests -Donly=jcstress -Drace=LookupVersusSave
 * </pre>
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The lookup came first.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The save was as good as done.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The save was done, and was seen.")
@Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The save was done, and was not seen.")
@State
public class LookupVersusSave {
  private final Steps steps = new Steps(UnaryOperator.identity());

  /** Changes a property, and returns. */
  @Actor
  public void saver() {
    steps.save();
  }

  /** Asks whether the save returned, and then looks up. */
  @Actor
  public void looker(II_Result seen) {
    steps.look(seen);
  }

  /** The looker's process has a generation of its own. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The lookup came first.")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The save was done, and was not seen.")
  @State
  public static class WithItsOwnGeneration {
    private final Steps steps = new Steps(WeakenedPorts::ownGeneration);

    @Actor
    public void saver() {
      steps.save();
    }

    @Actor
    public void looker(II_Result seen) {
      steps.look(seen);
    }
  }

  private static final class Steps {
    private final RacingProcess looker;
    private final RacingProcess saver;
    private volatile boolean returned;

    Steps(UnaryOperator<Ports> weaken) {
      RaceFixture fixture = new RaceFixture();
      looker = fixture.process(weaken).warm();
      saver = fixture.process();
    }

    void save() {
      saver.comment("new");
      returned = true;
    }

    void look(II_Result seen) {
      Spin.awhile();
      seen.r1 = returned ? 1 : 0;
      seen.r2 = looker.sees("new");
    }
  }
}
